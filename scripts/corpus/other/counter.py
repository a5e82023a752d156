from wit_world import exports

count = 0


class Run(exports.Run):
    def run(self) -> None:
        global count
        count += 1
        print(f"run {count}", flush=True)
