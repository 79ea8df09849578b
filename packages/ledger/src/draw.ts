import { assert, assertCount } from "./assert.ts";
import { toHex, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./hmac.ts";
import type { TreeHead } from "./proof.ts";
import type { Hash } from "./tree.ts";
import { sha256 } from "#sha256";

/**
 * A sample that anybody can draw again, and nobody could have known before (format `lontar/draw/v1`). Three things decide it: the list, frozen; the
 * log as it stood right after the list was frozen in it; and a public fact that was not known then.
 *
 *     population  SHA-256 of "lontar/population/v1\n", then each member and "\n", in ascending order
 *     key         SHA-256 of "lontar/draw/v1\n" population "\n" members "\n" tree size "\n" root "\n" fact "\n"     (hashes in lower-case hex)
 *     number i    the first 6 bytes of HMAC-SHA256(key, i in decimal), big endian, i = 0, 1, 2 …
 *
 * The draw is a shuffle of the list (Fisher and Yates) that stops after `count`: the k-th place is exchanged with one of the places from k to the last,
 * chosen by the next number modulo how many there are. A number from the last, incomplete round of that modulus is passed over, so that no
 * place is likelier than another. A larger sample begins with the smaller one.
 */
export type DrawSeed = {
  /** `hashPopulation` of the list. */
  readonly population: Hash;
  readonly members: number;
  /** The log right after the record that froze the list: its last record. */
  readonly tree: TreeHead;
  /** One line of text. */
  readonly fact: string;
};

const NUMBERS = 2 ** 48;

/** The hash that freezes a list; its members are in ascending order (by UTF-16 code unit, as JavaScript sorts), each once, each one line. */
export function hashPopulation(members: readonly string[]): Hash {
  for (const [at, member] of members.entries()) {
    assert(member !== "" && !member.includes("\n"), "a member of a population is one line");
    const before = members[at - 1];
    assert(before === undefined || before < member, "a population is sorted, and names each member once");
  }
  return sha256(utf8(["lontar/population/v1", ...members].map((line) => `${line}\n`).join("")));
}

/** Draws `count` of the members: their places in the list, counted from 0, in the order in which they were drawn. */
export function draw(seed: DrawSeed, count: number): readonly number[] {
  const { population, members, tree, fact } = seed;
  assertCount(members, "members");
  assertCount(count, "count");
  assert(members < NUMBERS && count <= members, "no more can be drawn than there are");
  assert(!fact.includes("\n"), "the public fact is one line");
  const key = sha256(utf8(`lontar/draw/v1\n${toHex(population)}\n${members}\n${tree.size}\n${toHex(tree.root)}\n${fact}\n`));

  let next = 0;
  const below = (limit: number): number => {
    for (;;) {
      const number = leadingNumber(hmacSha256(key, utf8(String(next++))));
      if (number < NUMBERS - (NUMBERS % limit)) return number % limit;
    }
  };
  const moved = new Map<number, number>(); // only places whose member is no longer the one they began with
  return Array.from({ length: count }, (_, place) => {
    const chosen = place + below(members - place);
    const drawn = moved.get(chosen) ?? chosen;
    moved.set(chosen, moved.get(place) ?? place);
    return drawn;
  });
}

/** The first 48 bits: exact in a double, as 64 would not be. */
function leadingNumber(bytes: Uint8Array): number {
  return bytes.subarray(0, 6).reduce((number, byte) => number * 256 + byte, 0);
}
