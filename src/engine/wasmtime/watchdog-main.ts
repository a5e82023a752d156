// A process that kills others when its owner has ended, however that was. The owner tells it on stdin which: `+PID` to watch a process,
// `-PID` when that has ended. The end of stdin is the end of the owner.
const watched = new Set<number>();

// Ctrl+C in a terminal reaches this process too; it has work to do then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) watched.add(pid);
    else watched.delete(pid);
  }
});
process.stdin.on('error', endAll);
process.stdin.on('end', endAll);

function endAll(): void {
  for (const pid of watched) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  process.exit();
}
