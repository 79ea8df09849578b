import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { arimoRanges } from "./arimo-ranges.ts";
import { checkNaskah } from "./check.ts";
import { missingGlyphs } from "./glyphs.ts";
import { defineLetterType, formSchema } from "./letter-type.ts";
import { passageText } from "./passage.ts";
import { letterTypes } from "./registry.ts";
import { renderInput } from "./render-input.ts";
import { arimoFiles } from "./render/compile.ts";
import { fontCoverage, intersect } from "./render/font-coverage.ts";

const at = (path: string) => new URL(path, import.meta.url);

test("every folder under types is one registered type, and every type has its folder", () => {
  assert.deepEqual(fs.readdirSync(at("./types")).sort(), letterTypes.map((type) => type.code.toLowerCase()).sort());
  for (const type of letterTypes) assert.deepEqual(fs.readdirSync(at(`./types/${type.code.toLowerCase()}`)).sort(), ["example.json", "template.typ", "type.ts"]);
});

for (const type of letterTypes) {
  test(`the example of ${type.code} is a letter without findings`, () => {
    const input = renderInput.parse(JSON.parse(fs.readFileSync(at(`./types/${type.code.toLowerCase()}/example.json`), "utf8")));
    assert.equal(input.type, type.code);
    const { hal, sifat, lampiran, yth, tempat, body, tembusan } = input;
    assert.deepEqual(checkNaskah(type, { hal, sifat, lampiran, yth, tempat, body, tembusan, fields: z.json().parse(input.fields) }), []);
    assert(passageText(type.compose(input.fields, input)).length > 100);
  });

  test(`the form of ${type.code} can be described, every field with its Indonesian title`, () => {
    const { properties } = z.object({ properties: z.record(z.string(), z.object({ title: z.string() })).optional() }).parse(formSchema(type));
    assert.equal(Object.keys(properties ?? {}).length, Object.keys(z.object({}).loose().parse(type.blank)).length);
  });
}

test("a type with a wrong chain, code or number never loads", () => {
  const right = { code: "XX", title: "X", purpose: { id: "X.", en: "X." }, family: "surat", level: "desa", fields: z.object({}), blank: {}, parts: { hal: "none", yth: "none", tempat: "none", lampiran: "none", sifat: "none", body: "none", tembusan: "none" }, number: "{urut}", classification: null, access: "B", approval: [{ kind: "sign", by: "kades" }], mayApproveOwn: true, subject: () => "X" } as const;
  assert.equal(defineLetterType(right).code, "XX");
  assert.throws(() => defineLetterType({ ...right, code: "x" }), RangeError);
  assert.throws(() => defineLetterType({ ...right, number: "{nomor}" }), RangeError);
  assert.throws(() => defineLetterType({ ...right, approval: [] }), RangeError);
  assert.throws(() => defineLetterType({ ...right, approval: [{ kind: "sign", by: "kades" }, { kind: "paraf", by: "sekdes" }] }), RangeError);
});

test("the glyph table is what the font files hold", () => {
  const held = intersect(arimoFiles.map((file) => fontCoverage(fs.readFileSync(file)))).filter(([from]) => from >= 32);
  assert.deepEqual(arimoRanges, held);
  assert.deepEqual(missingGlyphs("Surat – “é” 中文🙂中"), ["中", "文", "🙂"]);
});

test("the face of the package needs no machine: no node import is reachable from index.ts", () => {
  const seen = new Set<string>();
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    for (const [, name = ""] of fs.readFileSync(url, "utf8").matchAll(/from "([^"]+)"/g)) {
      if (name.startsWith(".")) visit(new URL(name, url));
      else assert.equal(name, "zod", `${url.pathname} imports ${name}`);
    }
  };
  visit(at("./index.ts"));
  assert(seen.size > 10);
});
