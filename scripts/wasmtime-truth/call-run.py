"""Calls wasi:cli/run of one component several times on one wasmtime instance, and once on fresh ones.

python call-run.py COMPONENT CALLS FRESH LIMIT-IN-SECONDS

Prints one line of JSON: {"wasmtime": version, "same": [call...], "fresh": [call...]}, where a call is {"outcome": "ok" | "error" | "trap" | "exit" |
"hang" | "failed", "message"?}. The guest is granted nothing: no arguments but a name, no environment, no directories, an empty stdin. What it writes
is thrown away. Imports that are not WASI's trap when they are called. Uses https://pypi.org/project/wasmtime/.
"""

import importlib.metadata
import json
import os
import re
import sys
import threading

from wasmtime import Config, Engine, ExitTrap, Store, WasiConfig
from wasmtime.component import Component, Linker

path, calls, fresh, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])


def engine() -> Engine:
    config = Config()
    config.wasm_component_model = True
    config.epoch_interruption = True
    config.cranelift_opt_level = "none"  # Compiling takes most of the time.
    return Engine(config)


def start(shared: Engine, component: Component):
    try:
        return instantiate(shared, component, unknown=False)
    except Exception:
        # Would replace what is imported from another version of WASI, too.
        return instantiate(shared, component, unknown=True)


def instantiate(shared: Engine, component: Component, unknown: bool):
    linker = Linker(shared)
    linker.add_wasip2()
    if unknown:
        linker.define_unknown_imports_as_traps(component)
    store = Store(shared)
    wasi = WasiConfig()
    wasi.argv = ["guest"]
    wasi.stdout_file = os.devnull
    wasi.stderr_file = os.devnull
    store.set_wasi(wasi)
    store.set_limits(memory_size=1 << 30)
    store.set_epoch_deadline(1 << 40)
    return store, linker.instantiate(store, component)


def run_of(store: Store, shared: Engine, component: Component, instance):
    names = [name for name in component.type.exports(shared) if re.match(r"wasi:cli/run@0\.2\.", name)]
    names.sort(key=lambda name: int(name.rsplit(".", 1)[1].split("-")[0]))
    if not names:
        raise LookupError("no wasi:cli/run of WASI 0.2")
    interface = instance.get_export_index(store, names[-1])
    return instance.get_func(store, instance.get_export_index(store, "run", interface))


def call(shared: Engine, store: Store, run) -> dict:
    store.set_epoch_deadline(1)
    timer = threading.Timer(limit, shared.increment_epoch)
    timer.start()
    try:
        result = run(store)
        run.post_return(store)
        return {"outcome": "error" if getattr(result, "tag", "ok") == "err" else "ok"}
    except ExitTrap as end:
        return {"outcome": "exit", "message": f"exit {end.code}"}
    except Exception as error:  # wasmtime has one class for all traps.
        message = str(error)
        hung = "interrupt" in message
        return {"outcome": "hang" if hung else "trap", "message": message[-300:]}
    finally:
        timer.cancel()


def outcomes(shared: Engine, component: Component, count: int) -> list:
    try:
        store, instance = start(shared, component)
        run = run_of(store, shared, component, instance)
    except Exception as error:
        return [{"outcome": "failed", "message": str(error)[:300]}]
    return [call(shared, store, run) for _ in range(count)]


def truth() -> dict:
    version = importlib.metadata.version("wasmtime")
    shared = engine()
    try:
        component = Component.from_file(shared, path)
    except Exception as error:
        failure = {"outcome": "failed", "message": str(error)[:300]}
        return {"wasmtime": version, "same": [failure], "fresh": [failure]}
    same = outcomes(shared, component, calls)
    first = [each for _ in range(fresh) for each in outcomes(shared, component, 1)]
    return {"wasmtime": version, "same": same, "fresh": first}


print(json.dumps(truth()), flush=True)
os._exit(0)
