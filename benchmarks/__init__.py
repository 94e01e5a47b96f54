"""Generators and measurements; every figure in docs/performance.md comes from here (`python -m benchmarks`)."""
