"""The official client and what tests do with it."""

import json
import urllib.error
import urllib.request

import openai

KEY = "sk-test-0123456789abcdef"
ROWS = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n' * 10
MODEL = "gpt-4o-mini-2024-07-18"


def client_of(server, **options):
    """The official client, which sends each request once."""
    return openai.OpenAI(**{"api_key": KEY, "base_url": server.base_url, "max_retries": 0, **options})


def sent(client, data=ROWS, name="train.0123456789ab.jsonl"):
    """A file, uploaded."""
    return client.files.create(file=(name, data), purpose="fine-tune")


def started(client, **body):
    """A job, created."""
    file = body.pop("training_file", None) or sent(client).id
    return client.fine_tuning.jobs.create(**{"model": MODEL, "training_file": file, **body})


def finished(client, job_id):
    """A job that has come to its end."""
    for _ in range(10):
        job = client.fine_tuning.jobs.retrieve(job_id)
        if job.status in ("succeeded", "failed", "cancelled"):
            return job
    raise AssertionError(f"still {job.status}")


def post(server, path, body, key=KEY, content_type="application/json"):
    """Status and text of the answer to a request that the client would not send."""
    headers = {"Content-Type": content_type, **({"Authorization": f"Bearer {key}"} if key else {})}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(server.base_url + path, data, headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
