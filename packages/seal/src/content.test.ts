import assert from "node:assert/strict";
import { test } from "node:test";
import { nodePort } from "@lontar/pades/node";
import { samplePdf } from "../../pades/test/sample-pdf.ts";
import { contentOf } from "./content.ts";

/** A run of squares, as the renderer draws a code. */
const squares = (count: number, row = 0): string => Array.from({ length: count }, (_, k) => `${k % 60} ${row} m\n${(k % 60) + 1} ${row} l\n${(k % 60) + 1} ${row + 1} l\n${k % 60} ${row + 1} l\nh\n`).join("");
const code = ({ scale = "1.23", at = "327.4 273.7", frame = "327.4 273.7 m\n412.44095 273.7 l\n412.44095 188.69763 l\n327.4 188.69763 l\nh", path = squares(200) } = {}): string => `q\n${frame}\nW\nn\nq\n${scale} 0 0 -${scale} ${at} cm\n/c0 cs\n0 scn\n${path}f\nQ\nQ\n`;
const letter = (...drawings: readonly string[]): Promise<string | undefined> => contentOf(samplePdf({ text: `Surat) Tj ET\n${drawings.join("")}BT (Penutup` }), nodePort);

test("a letter's content is the same whatever code is drawn into its frame, in any size", async () => {
  const held = await letter(code());
  assert.match(held ?? "", /^[0-9a-f]{32}$/);
  for (const other of [code({ path: squares(150, 7) }), code({ scale: "1.304" }), code({ frame: "327.4 273.7 m\n412.44096 273.7 l\n412.44096 188.69762 l\n327.4 188.69762 l\nh" })]) assert.equal(await letter(other), held);
});

test("where the code stands, its frame, a second drawing, and one that is no code are content like any other", async () => {
  const held = await letter(code());
  const moves: Readonly<Record<string, readonly string[]>> = {
    "another place": [code({ at: "32.4 273.7" })], "a wider frame": [code({ frame: "0 842 m\n595 842 l\n595 0 l\n0 0 l\nh" })], "a frame that is none": [code({ frame: "327.4 273.7 m\n412.44095 273.7 l\n412.44095 88.69763 l\n327.4 188.69763 l\nh" })], "a taller frame": [code({ frame: "327.4 273.7 m\n412.44095 273.7 l\n412.44095 100.69763 l\n327.4 100.69763 l\nh" })], "a second, before": [code({ path: squares(300) }), code()], "a second, after": [code(), code({ path: squares(300) })],
    "squares beyond the grid": [code({ path: `${squares(200)}100 0 m\n900 0 l\n900 9 l\n100 9 l\nh\n` })], "too few to be a code": [code({ path: squares(20) })], "a line among them": [code({ path: `${squares(100)}0 0 m\n9 9 l\nh\n${squares(100)}` })], "no code": [],
  };
  for (const [what, drawings] of Object.entries(moves)) assert.notEqual(await letter(...drawings), held, what);
});

test("what is no PDF has no content", async () => assert.equal(await contentOf(new Uint8Array(Buffer.from("bukan PDF")), nodePort), undefined));
