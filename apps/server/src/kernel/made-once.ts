import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Reads a secret file (mode 0600), or makes it. Two nodes that start at once agree: whoever links the file first has made it. */
export const madeOnce = async <T>(path: string, make: () => Promise<string>, parse: (text: string) => T): Promise<{ readonly value: T; readonly isNew: boolean }> => {
  const read = async (): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: parse(await readFile(path, "utf8")) };
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw new Error(`cannot read ${path}; restore it from the backup`, { cause: error });
    }
  };
  const known = await read();
  if (known !== undefined) return { ...known, isNew: false };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, await make(), { mode: 0o600, flag: "wx" });
  try {
    await link(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const made = await read();
  if (made === undefined) throw new Error(`${path} vanished while it was made`);
  return { ...made, isNew: true };
};
