/** A stretch of text that stayed, went or came. */
export type Stretch = { readonly kind: "same" | "gone" | "new"; readonly text: string };

// A page of a letter has some 500 words; beyond this many comparisons a whole passage is shown as replaced.
const mostComparisons = 4_000_000;

/** What changed between two texts, by lines first and by words inside the lines that differ. */
export const wordDiff = (before: string, after: string): readonly Stretch[] => {
  const lines = compare(before.split(/(?<=\n)/), after.split(/(?<=\n)/));
  const all: Stretch[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [here, next] = [lines[index], lines[index + 1]];
    if (here === undefined) continue;
    if (here.kind === "gone" && next?.kind === "new") {
      all.push(...compare(wordsOf(here.text), wordsOf(next.text)));
      index += 1;
    } else all.push(here);
  }
  return joined(all);
};

const wordsOf = (text: string): readonly string[] => text.match(/\s+|[^\s]+/gu) ?? [];

/** Longest common subsequence over pieces, with what both ends share taken off first. */
const compare = (before: readonly string[], after: readonly string[]): readonly Stretch[] => {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  return joined([
    { kind: "same", text: before.slice(0, head).join("") },
    ...(a.length * b.length > mostComparisons ? [{ kind: "gone" as const, text: a.join("") }, { kind: "new" as const, text: b.join("") }] : middle(a, b)),
    { kind: "same", text: before.slice(before.length - tail).join("") },
  ]);
};

const middle = (a: readonly string[], b: readonly string[]): readonly Stretch[] => {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (x: number, y: number): number => longest[x * width + y] ?? 0;
  for (let x = a.length - 1; x >= 0; x -= 1) {
    for (let y = b.length - 1; y >= 0; y -= 1) longest[x * width + y] = a[x] === b[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
  }
  const found: Stretch[] = [];
  let [x, y] = [0, 0];
  while (x < a.length || y < b.length) {
    if (x < a.length && y < b.length && a[x] === b[y]) {
      found.push({ kind: "same", text: a[x] ?? "" });
      x += 1;
      y += 1;
    } else if (y >= b.length || (x < a.length && at(x + 1, y) >= at(x, y + 1))) {
      found.push({ kind: "gone", text: a[x] ?? "" });
      x += 1;
    } else {
      found.push({ kind: "new", text: b[y] ?? "" });
      y += 1;
    }
  }
  return found;
};

/** Neighbours of one kind become one stretch; of a run of changes, what went stands before what came, and a single space between two changes belongs to them. */
const joined = (stretches: readonly Stretch[]): readonly Stretch[] => {
  const result: Stretch[] = [];
  let gone = "";
  let came = "";
  const flush = (): void => {
    if (gone !== "") result.push({ kind: "gone", text: gone });
    if (came !== "") result.push({ kind: "new", text: came });
    gone = "";
    came = "";
  };
  for (const [index, stretch] of stretches.entries()) {
    if (stretch.text === "") continue;
    if (stretch.kind === "gone") gone += stretch.text;
    else if (stretch.kind === "new") came += stretch.text;
    else if (gone !== "" && came !== "" && /^[^\S\n]+$/.test(stretch.text) && stretches[index + 1] !== undefined && stretches[index + 1]?.kind !== "same") {
      gone += stretch.text;
      came += stretch.text;
    } else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") result[result.length - 1] = { kind: "same", text: last.text + stretch.text };
      else result.push(stretch);
    }
  }
  flush();
  return result;
};

/** One change with a few words around it, to be listed. */
export type Change = readonly Stretch[];

const around = 24;

/** The changes of a text, each with a little of what stands around it; at most `most`. */
export const changesIn = (stretches: readonly Stretch[], most = 12): readonly Change[] => {
  const changes: Stretch[][] = [];
  for (const [index, stretch] of stretches.entries()) {
    if (stretch.kind === "same") continue;
    const before = stretches[index - 1];
    const last = changes.at(-1);
    if (before !== undefined && before.kind !== "same" && last !== undefined) last.push(stretch);
    else changes.push([...(before === undefined ? [] : [{ kind: "same" as const, text: tailOf(before.text) }]), stretch]);
    const after = stretches[index + 1];
    if (after?.kind === "same") changes.at(-1)?.push({ kind: "same", text: headOf(after.text) });
  }
  return changes.slice(0, most);
};

const tailOf = (text: string): string => {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  return line.length <= around ? line : `…${line.slice(line.indexOf(" ", line.length - around - 1))}`;
};

const headOf = (text: string): string => {
  const line = text.split("\n")[0] ?? "";
  return line.length <= around ? line : `${line.slice(0, Math.max(0, line.lastIndexOf(" ", around)))}…`;
};
