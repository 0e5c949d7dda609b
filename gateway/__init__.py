"""The front door: HTTP in, requests of the services out. It merges what it reads and decides nothing."""
