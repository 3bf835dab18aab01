"""Sentences embedded per second by onnxruntime, to compare with `cargo run -p infer --example model_speed`.

Needs: python3 -m pip install onnxruntime tokenizers numpy
Usage: onnxruntime_embedding.py FOLDER   (the folder that holds model.onnx and tokenizer.json)
"""

import os
import sys
import time

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

SENTENCES = 512
WORDS = "waterproof jacket with taped seams for long hikes in cold mountain rain".split()


def sentence(n):
    return " ".join(WORDS[(n * 5 + at * 7) % len(WORDS)] for at in range(8 + n * 7 % 23))


def load(folder):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count()
    session = onnxruntime.InferenceSession(f"{folder}/model.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    return session, tokenizer


def embed(session, tokenizer, texts):
    rows = tokenizer.encode_batch(texts)
    ids = np.array([row.ids for row in rows], dtype=np.int64)
    mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": mask}
    if any(i.name == "token_type_ids" for i in session.get_inputs()):
        inputs["token_type_ids"] = np.zeros_like(ids)
    states = session.run(None, inputs)[0]
    vectors = (states * mask[:, :, None]).sum(axis=1)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def main():
    session, tokenizer = load(sys.argv[1])
    texts = [sentence(n) for n in range(SENTENCES)]
    embed(session, tokenizer, texts[:32])
    for batch in (1, 32):
        begun = time.perf_counter()
        for at in range(0, SENTENCES, batch):
            embed(session, tokenizer, texts[at : at + batch])
        print(f"onnxruntime, batch {batch}: {SENTENCES / (time.perf_counter() - begun):.0f} sentences/s")


main()
