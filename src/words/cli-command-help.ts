import { t } from './t';

/** The options that say what a guest is given and granted. */
const profileHelp = (): string =>
  t(
    `  --env NAME=VALUE         give the guest an environment variable (again for more)
  --dir HOST::GUEST[:ro]   grant a directory, read-only with :ro (again for more)
  --net                    grant the network
  --import INTERFACE=MODULE
                           provide an imported interface by a JavaScript module (again for more)
  --timeout 5s             stop a call that takes longer
  --max-memory 64MiB       stop a call whose memory grows larger`,
  );

/** The option for the engine. */
const engineHelp = (): string =>
  t(
    `  --engine jco|wasmtime    run it on jco, which we bring along (default), or on the wasmtime installed here, which is
                           looked for in FRESH_INSTANCE_WASMTIME (its path), PATH, ~/.wasmtime/bin and ~/.cargo/bin
  --engine both            run it on both with empty input and print what differs; directories that it can write to are copied
                           for each. The exit status is 0 if nothing differs, 1 if something does or cannot be compared,
                           2 if there is no comparison; --json writes the comparison`,
  );

/** What the help says of `fresh-instance run`. */
export const runHelp = {
  summary: t('runs a component, each time on a fresh instance'),
  usage: 'fresh-instance run FILE [OPTION]... [-- ARG...]',
  help: t(
    `  --repeat N               run N times, each time on a fresh instance
  --same                   run every time on the same instance
{0}
{1}
  --json OUT               write what became of each instance and call, or why there is none, to a file
  -- ARG...                arguments for the guest

The guest is granted nothing that is not named here. The exit status is the guest's; 134 after a trap, 124 after a
time-out, 137 after the memory limit, 130 after Ctrl+C, 141 when its output is closed, 2 when it cannot start.`,
    profileHelp(),
    engineHelp(),
  ),
};

/** What the help says of `fresh-instance call`. */
export const callHelp = {
  summary: t('calls exports of a component on one instance'),
  usage: "fresh-instance call FILE [OPTION]... ['INTERFACE#FUNCTION(ARGUMENTS)'...]",
  help: t(
    `  --calls FILE             read the calls from a file, one per line, or from a WAVE document; without calls, from stdin
  --repeat N               make each call N times (default 1, with --compare 5)
  --compare                make N calls on one instance and on N fresh ones, and show the differences
{0}
{1}
  --json OUT               write the state of each instance and the outcome of each call to a file

Arguments and results are WAVE: 'add(1, 2)', 'greet("you", {polite: true})'. The interface is optional if the function is unique.
A result shows resources, streams and futures as $1, $2; later calls use these names: '$1.next()'.
Among the calls, ':handles' lists them, ':drop $1' drops a resource, ':read $1' prints what a stream or future holds.
The guest is granted only what the options name.
The exit status is 0 if all calls returned ok, 1 if one returned an error, 134 after a trap (with --compare also if a repeated call
ends its instance), 124 after a timeout, 137 after the memory limit, 130 after Ctrl+C, 141 if the output was closed, 2 if a call is
wrong or cannot start.`,
    profileHelp(),
    engineHelp(),
  ),
};

/** What the help says of `fresh-instance serve`. */
export const serveHelp = {
  summary: t('serves a component that handles HTTP requests'),
  usage: 'fresh-instance serve FILE [OPTION]...',
  help: t(
    `  --addr ADDRESS:PORT      listen there (default 127.0.0.1 and a free port)
  --max-instance-reuse-count N
                           answer at most N requests on an instance (default 1 for WASI 0.2, 128 for 0.3)
  --max-instance-concurrent-reuse-count N
                           answer at most N requests at once on an instance of WASI 0.3 (default 1)
  --idle-instance-timeout 1s
                           end an instance that waits longer for a request (default 1s)
  --max-concurrent-requests N
                           answer at most N requests at once, let others wait (default 1000)
  --request-timeout 30s    end a request whose handler makes no progress for longer (default 30s)
  --watch                  serve the component anew when its file changes
  --no-error-page          answer with the bare status where the handler fails
  --env NAME=VALUE         give the guest an environment variable (again for more)
  --dir HOST::GUEST[:ro]   grant a directory, read-only with :ro (again for more)
  --net                    grant the network, also for requests of the guest
  --import INTERFACE=MODULE
                           provide an imported interface by a JavaScript module (again for more)
  --max-memory 64MiB       end a request whose memory grows larger
  --json OUT               write the instances and the latest requests to a file at the end

The component exports wasi:http/incoming-handler@0.2 or wasi:http/handler@0.3. It needs Node 24 or later.
The address is printed on stderr; stdout is the guest's. Ctrl+C waits for the requests that have come, a second one does not.
The exit status is 130 after Ctrl+C, 134 if the component traps while it starts, 2 if it cannot be served.`,
  ),
};

/** What the help says of `fresh-instance check`. */
export const checkHelp = {
  summary: t('says whether a repeated run on one instance would trap, and why'),
  usage: 'fresh-instance check FILE... [--probe] [--json] [OPTION]... [-- ARGUMENT...]',
  help: t(
    `  --probe                  try it as well: up to three runs on one instance, isolated, with empty input
  --json                   print [{file, sha256, kind, entry, repeat, basis, reason, evidence}]
{0}

Without --probe nothing of the files is executed. With it the guests get what the options grant and the arguments behind "--", as with
run; nothing if there are none. A call of a probe may take 3 s and 512 MiB unless --timeout and --max-memory say otherwise. Repeat is one of traps, likely-traps, reruns, unknown, no-run. The exit status is 0 if
no file would trap, 1 if one would (traps or likely-traps), 2 if a file cannot be read.`,
    profileHelp(),
  ),
};

/** What the help says of `fresh-instance inspect`. */
export const inspectHelp = {
  summary: t('says what a component is: imports, exports, tools, and the code behind its run'),
  usage: 'fresh-instance inspect FILE [--wit] [--sizes] [--json]',
  help: t(
    `  --wit                    print the component's world as WIT
  --sizes                  print where the bytes are: by crate or source file, and by module, section and function
  --json                   print everything as JSON, with structure and sizes, with --wit the world too

Nothing of the component is executed. The exit status is 2 for a file that is neither a component nor a WIT package, and for one
that cannot be read; with --json the field "problem" says why.`,
  ),
};
