"""Tokens read and written per second by the llama.cpp of the Python package xllamacpp.

To compare with `cargo run --release -p infer --example model_speed`.
Needs: python3 -m pip install xllamacpp
Usage: llama_cpp_generation.py MODEL.gguf
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import xllamacpp

WORDS = "waterproof jacket with taped seams for long hikes in cold mountain rain".split()
ANSWER_TOKENS = 96
AT_ONCE = 4


def sentence(n):
    return " ".join(WORDS[(n * 5 + at * 7) % len(WORDS)] for at in range(8 + n * 7 % 23))


def load(path):
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = 3072 * AT_ONCE
    params.n_parallel = AT_ONCE
    params.cpuparams.n_threads = os.cpu_count()
    params.cpuparams_batch.n_threads = os.cpu_count()
    params.warmup = False
    return xllamacpp.Server(params)


def ask(server, prompt, max_tokens):
    """The tokens of an answer, and how long it took as a whole."""
    begun = time.perf_counter()
    messages = [{"role": "user", "content": prompt}]
    answer = server.handle_chat_completions({"messages": messages, "max_tokens": max_tokens, "temperature": 0.0})
    return answer["usage"], time.perf_counter() - begun


def main():
    server = load(sys.argv[1])
    prompt = "\n".join(sentence(n) for n in range(24)) + "\nDescribe these at length."
    ask(server, "Hi", 4)
    usage, seconds = ask(server, prompt, 1)
    print(f"llama.cpp, prompt: {usage['prompt_tokens'] / seconds:.0f} tokens/s")
    # The prompt is in the cache of the model now, as it is in the measurement that this one is compared with.
    usage, seconds = ask(server, prompt, ANSWER_TOKENS)
    print(f"llama.cpp, answer: {usage['completion_tokens'] / seconds:.1f} tokens/s")
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(ask, server, f"Write about {sentence(n)}", ANSWER_TOKENS) for n in range(AT_ONCE)]
        written = sum(one.result()[0]["completion_tokens"] for one in asked)
    print(f"llama.cpp, four answers at once: {written / (time.perf_counter() - begun):.1f} tokens/s in all")


main()
