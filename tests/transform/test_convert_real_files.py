"""
What becomes of real files, byte for byte as their authors published them.

Each file of other tools' data is converted to its OpenAI format and checked: no error is left, or one sentence says
why it cannot be. `FEW` are files of fewer rows than the provider takes: that is the only error about them.
"""

from collections import Counter
from io import BytesIO

import pytest

from ftlint import FtlintError, check
from ftlint.transform.convert import convert
from ftlint.transform.job import Job
from tests.support import TODAY, shared_data

FEW = {"FT504"}
NO_ANSWER = "no answer is found under the keys"

VERDICTS = {
    # file: target, rows, rows written, or the sentence; errors that are left
    "alpaca/IlyaGusev__rulm__ru_alpaca_seed_tasks.jsonl": ("chat", 137, 137),
    "alpaca/hiyouga__LLaMA-Factory__alpaca_en_demo.json": ("chat", 999, 999),
    "alpaca/hiyouga__LLaMA-Factory__alpaca_zh_demo.json": ("chat", 1000, 1000),
    "alpaca/hiyouga__LLaMA-Factory__identity.json": ("chat", 91, 91),
    "alpaca/hiyouga__LLaMA-Factory__v1_sft_demo.jsonl": ("chat", 500, 500),
    "alpaca/mosaicml__llm-foundry__dolly_hhrlhf_train_small.jsonl": ("chat", 1000, 1000),
    "legacy-functions/OpenBMB__ToolBench__10_ChatGPT_DFS_woFilter_w2.json": ("chat", 1, 3, FEW),
    "legacy-functions/OpenBMB__ToolBench__57_ChatGPT_DFS_woFilter_w2.json": ("chat", 1, 5, FEW),
    "odd/LAION-AI__Open-Assistant__en_100_tree.jsonl": ("chat", 100, 100),
    "odd/ShishirPatil__gorilla__BFCL_v4_parallel_multiple.json": ("chat", NO_ANSWER),
    "odd/openai__human-eval__HumanEval.jsonl.gz": ("chat", NO_ANSWER),
    "odd/openai__prm800k__phase1_test.jsonl": ("chat", "Git LFS pointer"),
    "preference/anthropics__hh-rlhf__test.jsonl.gz": ("preference", 2312, 2303),
    "preference/hiyouga__LLaMA-Factory__dpo_en_demo.json": ("preference", 300, 300),
    "preference/hiyouga__LLaMA-Factory__dpo_zh_demo.json": ("preference", 300, 300),
    "preference/hiyouga__LLaMA-Factory__kto_en_demo.json": ("chat", 300, 150),
    "preference/hiyouga__LLaMA-Factory__v1_dpo_demo.jsonl": ("preference", 10, 10),
    "preference/microsoft-foundry__fine-tuning__validation.jsonl": ("preference", 284, 284),
    "sharegpt/axolotl-ai-cloud__axolotl__conversation.json": ("chat", 1, 1, FEW),
    "sharegpt/axolotl-ai-cloud__axolotl__conversation.missingturns.json": ("chat", "an answer is empty"),
    "sharegpt/bofenghuang__vigogne__oasst_20230412_fr_top1.jsonl": ("chat", 256, 256),
    "sharegpt/lm-sys__FastChat__dummy_conversation.json": ("chat", 500, 500),
    "table/VolkanSah__SmolLM2-customs__train-00000-of-00001.parquet": ("chat", 48, 48),
    "table/VolkanSah__SmolLM2-customs__train-00001-of-00002.parquet": ("chat", 28, 28),
    "table/anthropics__anthropic-cookbook__train.tsv": ("chat", 68, 68),
    # Tools' own faults stay: arguments that are not those of the definition.
    "tools/hiyouga__LLaMA-Factory__glaive_toolcall_en_demo.json": ("chat", 300, 300, {"FT407"}),
    "chat/anthropics__anthropic-cookbook__json_mode_dataset.jsonl": ("chat", 500, 500),
    "chat/K1rk3y__Client_Side_EasyRead_NDIS__prompts.jsonl": ("chat", 1, 1, FEW),
    "chat/InternLM__xtuner__openai_sft.jsonl": ("chat", 128, 128),
    "chat/microsoft-foundry__fine-tuning__qa.jsonl": ("chat", 500, 500),
}
FOLDERS = ("alpaca", "sharegpt", "table", "preference", "odd", "legacy-functions")
MORE = {
    "preference/anthropics__hh-rlhf__test.jsonl.gz": {
        "row an answer is more than one message of the assistant": 5,
        "row an answer is empty": 4,
    },
    "preference/hiyouga__LLaMA-Factory__kto_en_demo.json": {"row the answer is labelled as bad": 150},
}
"""Why rows are not written."""


def converted(name, to):
    output = BytesIO()
    outcome = convert([str(shared_data() / name)], Job(to), output)
    return outcome, output.getvalue()


@pytest.mark.parametrize("name", VERDICTS)
def test_a_real_file_converts_and_is_clean_or_the_reason_is_told(name, tmp_path):
    target, *expected = VERDICTS[name]
    if isinstance(expected[0], str):
        with pytest.raises(FtlintError) as caught:
            converted(name, target)
        assert expected[0] in str(caught.value)
        assert "\n" not in str(caught.value)
        return
    outcome, content = converted(name, target)
    rows, written, *left = expected
    assert (outcome.inputs[0].records, outcome.written) == (rows, written)
    lost = Counter({f"row {loss.name}": loss.count for loss in outcome.losses.of("row")})
    assert lost == MORE.get(name, {})
    path = tmp_path / "train.jsonl"
    path.write_bytes(content)
    report = check(path, totals=False, today=TODAY)
    errors = {finding.code for finding in report.findings if finding.severity == "error"}
    assert errors == (left[0] if left else set())


def test_every_file_of_other_tools_has_a_verdict():
    folder = shared_data()
    names = {path.relative_to(folder).as_posix() for part in FOLDERS for path in (folder / part).iterdir()}
    assert names <= set(VERDICTS)


AZURE = "prompt-completion/Azure-Samples__openai__generated_labels_context_switching_prepared_train.jsonl"
PREPARED = "prompt-completion/trevorlomba__accessible-language-generation__training_data"


@pytest.mark.parametrize("raw", ["csv", "jsonl"])
def test_the_old_preparation_tool_wrote_the_same_rows_but_for_duplicates(raw):
    from json import loads

    outcome, content = converted(f"{PREPARED}.{raw}", "completion")
    rows = list(dict.fromkeys((row["prompt"], row["completion"]) for row in map(loads, content.splitlines())))
    lines = (shared_data() / f"{PREPARED}_prepared.jsonl").read_bytes().splitlines()
    assert rows == [(row["prompt"], row["completion"]) for row in map(loads, lines)]
    assert (outcome.written, len(rows)) == (2523, 1908)


def test_what_the_old_tool_added_is_gone_again_in_chat():
    outcome, content = converted(AZURE, "chat")
    assert outcome.written == 178
    assert b" ->" not in content
    assert b'"content":" ' not in content.replace(b'"role":"user","content":" ', b"")


def test_a_prepared_file_and_its_raw_one_are_the_same_chat_rows():
    raw, prepared = (converted(f"{PREPARED}{name}", "chat")[1] for name in (".csv", "_prepared.jsonl"))
    assert list(dict.fromkeys(raw.splitlines())) == prepared.splitlines()
