"""Tokens read and written per second by the llama.cpp of the Python package llama-cpp-python.

To compare with `cargo run -p infer --example model_speed`.
Needs: python3 -m pip install llama-cpp-python
Usage: llama_cpp_generation.py MODEL.gguf
"""

import os
import sys
import time

from llama_cpp import Llama

WORDS = "waterproof jacket with taped seams for long hikes in cold mountain rain".split()
ANSWER_TOKENS = 96


def sentence(n):
    return " ".join(WORDS[(n * 5 + at * 7) % len(WORDS)] for at in range(8 + n * 7 % 23))


def ask(model, prompt, max_tokens):
    begun = time.perf_counter()
    messages = [{"role": "user", "content": prompt}]
    answer = model.create_chat_completion(messages, max_tokens=max_tokens, temperature=0.0)
    return answer["usage"], time.perf_counter() - begun


def main():
    threads = os.cpu_count()
    model = Llama(sys.argv[1], n_ctx=3072, n_threads=threads, n_threads_batch=threads, verbose=False)
    prompt = "\n".join(sentence(n) for n in range(24)) + "\nDescribe these at length."
    ask(model, "Hi", 4)
    usage, seconds = ask(model, prompt, 1)
    print(f"llama-cpp-python, prompt: {usage['prompt_tokens'] / seconds:.0f} tokens/s")
    # The prompt is in the cache of the model now, as it is in the measurement that this one is compared with.
    usage, seconds = ask(model, prompt, ANSWER_TOKENS)
    print(f"llama-cpp-python, answer: {usage['completion_tokens'] / seconds:.1f} tokens/s")


main()
