// Hands a command over to the Node that this repository pins. Plain JavaScript, no dependency: must run on any Node ≥ 18.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this checkout. */
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const requiredMajor = 24;

/** Ends with one sentence that says what to do; never a stack trace for a user's mistake. */
export function fail(sentence) {
  process.stderr.write(`lontar: ${sentence}\n`);
  process.exit(1);
}

/** The Node that runs the TypeScript sources: the one npm pinned for this platform, else our own when it is new enough. */
export function pinnedNode() {
  const pinned = join(repository, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split(".")[0]) >= requiredMajor) return process.execPath;
  return fail(
    `needs Node ${requiredMajor} or newer. This is ${process.version} and npm pins no Node for ${process.platform}-${process.arch}: ` +
      `install Node ${requiredMajor} from https://nodejs.org and run the command again.`,
  );
}

/** Becomes, as nearly as a parent can, the given script under the pinned Node: same terminal, same signals, same exit code. */
export function handOver(script, args) {
  // Without the cache a third of a start is spent on reading the same sources again.
  const env = { NODE_COMPILE_CACHE: join(repository, ".cache/node"), ...process.env };
  const child = spawn(pinnedNode(), [join(repository, script), ...args], { stdio: "inherit", env });
  const forwarded = ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2", "SIGINT"];
  for (const signal of forwarded) {
    process.on(signal, () => {
      // Ctrl-C in a terminal already reaches the whole foreground group; sending it again would look like a second, impatient Ctrl-C.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => fail(`cannot start ${pinnedNode()}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // Die of the same signal, so that whoever started us sees the truth; if it does not kill us, exit as a shell would.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 500);
  });
}
