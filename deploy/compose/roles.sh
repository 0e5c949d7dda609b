#!/bin/sh
# Gives each service a role and a schema of its own in one database; run once, by PostgreSQL's image, on a new volume.
# A role owns its schema and sees no other, so a service cannot read another's tables even by mistake.
set -e
for service in intake dispatch members evaluation notify; do
    name=$(echo "$service" | tr '[:lower:]' '[:upper:]')_DATABASE_PASSWORD
    password=$(printenv "$name")
    psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --set=role="$service" --set=password="$password" \
        --set=database="$POSTGRES_DB" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE SCHEMA :"role" AUTHORIZATION :"role";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"role";
SQL
done
