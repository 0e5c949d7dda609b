"""Files as objects of one bucket, over S3's protocol."""

from __future__ import annotations

import io

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from services.kit.blobs import Away, checked

TIMEOUT = urllib3.Timeout(connect=2, read=10)


class S3Blobs:
    """Each an object of one bucket, which somebody has made; requests are signed (AWS Signature Version 4)."""

    def __init__(
        self, host: str, bucket: str, *, key_id: str, secret: str, region: str, secure: bool = True
    ) -> None:
        self._bucket = bucket
        # The region is said, or every first request would ask for it; one repetition, since all three may be repeated.
        pool = urllib3.PoolManager(timeout=TIMEOUT, retries=urllib3.Retry(total=1, status=0))
        self._client = Minio(
            host, access_key=key_id, secret_key=secret, secure=secure, region=region, http_client=pool
        )

    def put(self, key: str, content: bytes, content_type: str) -> None:
        try:
            self._client.put_object(
                self._bucket, checked(key), io.BytesIO(content), len(content), content_type=content_type
            )
        except (MinioException, urllib3.exceptions.HTTPError) as failure:
            raise Away(str(failure)) from failure

    def get(self, key: str) -> bytes | None:
        try:
            answer = self._client.get_object(self._bucket, checked(key))
        except S3Error as failure:
            if failure.code == "NoSuchKey":
                return None
            raise Away(str(failure)) from failure
        except (MinioException, urllib3.exceptions.HTTPError) as failure:
            raise Away(str(failure)) from failure
        try:
            return answer.read()
        except urllib3.exceptions.HTTPError as failure:
            raise Away(str(failure)) from failure
        finally:
            answer.close()
            answer.release_conn()

    def delete(self, key: str) -> None:
        try:
            self._client.remove_object(self._bucket, checked(key))
        except (MinioException, urllib3.exceptions.HTTPError) as failure:
            raise Away(str(failure)) from failure
