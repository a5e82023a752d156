from wit_world import exports

started = False


class Run(exports.Run):
    def run(self) -> None:
        global started
        if started:
            raise RuntimeError("started already")
        started = True
        print("run", flush=True)
