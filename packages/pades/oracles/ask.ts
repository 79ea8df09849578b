import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** How a program ended, and all that it said. */
export type Answer = { readonly code: number; readonly out: string };

/** Runs a program, telling it `input`; nothing if it is not installed. */
export function ask(program: string, args: readonly string[], input = ""): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const child = execFile(program, [...args], { timeout: LONGEST_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error !== null && error.code === "ENOENT") resolve(undefined);
      else resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out: `${stdout}${stderr}` });
    });
    child.stdin?.on("error", () => child.kill()); // it was not there to be told anything
    child.stdin?.end(input);
  });
}

/** Runs a Java program of this folder with what its `pom.xml` names, which Maven fetches into the user's own repository at first use; why not, if that cannot be. */
export async function askJava(source: string, args: readonly string[]): Promise<Answer | string> {
  if ((await ask("mvn", ["-v"])) === undefined || (await ask("javac", ["-version"])) === undefined) return "Maven or a JDK is not installed";
  const folder = await mkdtemp(join(tmpdir(), "pades-java-"));
  try {
    const place = join(folder, "classpath");
    const fetched = await ask("mvn", ["-q", "-B", "-f", join(dirname(source), "pom.xml"), "dependency:build-classpath", `-Dmdep.outputFile=${place}`]);
    if (fetched?.code !== 0) return "Maven could not fetch it";
    return (await ask("java", ["-cp", (await readFile(place, "utf8")).trim(), source, ...args])) ?? "Java is not installed";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A few at a time: each is a process. */
export async function each<T, R>(items: readonly T[], answer: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) found.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item, k) => answer(item, at + k)))));
  return found;
}

const AT_ONCE = 4;
const LONGEST_MS = 1_800_000;
