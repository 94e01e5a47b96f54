"""
From a checked file to a trained model: plan, upload, start, follow, use; never twice.

The only part of ftlint that uses the network. Every step is written down before it is taken (`state`), every request
that changes something is sent once (`openai`), and what became of a request whose answer is lost is looked up at the
service before anything is sent again (`files`, `jobs`).
"""
