"""`python -m tests.servers`: the service on this machine, to try things with. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from contextlib import ExitStack

from tests.servers.bridge import Bridge
from tests.servers.nodejs import InstallFailed, NodeMissing, node_servers
from tests.servers.service import Service


def main() -> int:
    """Start the servers that the arguments name, and wait to be ended."""
    parser = argparse.ArgumentParser("python -m tests.servers", description="A fine-tuning service on this machine.")
    parser.add_argument("--port", type=int, default=4010, help="port to listen on (default: 4010)")
    parser.add_argument("--node", action="store_true", help="files and jobs by aimock behind Prism (wants Node 20.15)")
    options = parser.parse_args()
    for one in (signal.SIGINT, signal.SIGTERM):  # the first is ignored in a background job, unless it is asked for
        signal.signal(one, signal.default_int_handler)
    try:
        with ExitStack() as stack:
            service = (
                Bridge(stack.enter_context(node_servers()), options.port)
                if options.node
                else Service(port=options.port)
            )
            stack.callback(service.stop)
            print(f"The service listens. Base URL: {service.base_url} (any key will do). Ctrl-C ends it.", flush=True)
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"Port {options.port} cannot be used: {error.strerror}", file=sys.stderr)
        return 2
    except (NodeMissing, InstallFailed) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
