// The process that has a vendor's PKCS#11 module in it. It is machine code that we cannot read: if it falls over, this process falls and the
// office stands. It does one thing after the other and writes nothing anywhere, for a PIN passes through it.
import { ck, CryptokiFault, openCryptoki, ulongOf, type Cryptoki, type TokenInfo } from "./cryptoki.ts";
import { askSchema, troubleOf, type Ask, type Looked, type Reply, type TokenAlgorithm, type Trouble } from "./protocol.ts";

/** Something that is the matter, found by ourselves. */
class Found extends Error {
  override readonly name = "Found";
  readonly trouble: Trouble;
  constructor(trouble: Trouble, vendor: string) {
    super(vendor);
    this.trouble = trouble;
  }
}

const [path = ""] = process.argv.slice(2);
const longestVendorWord = 120;

const module = openCryptoki(path).catch((error: unknown) => {
  throw new Found("module_missing", (error instanceof Error ? error.message : String(error)).slice(0, longestVendorWord));
});
module.catch(() => undefined); // told at the first question

/** Sent for certain before anything else happens here. */
const say = (reply: Reply): Promise<void> =>
  new Promise((resolve, reject) => {
    if (process.send === undefined) return reject(new Error("started without a line to the server"));
    process.send(reply, undefined, {}, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });

const answer = async (ask: Ask): Promise<Reply> => {
  try {
    const cryptoki = await module;
    const token = tokenNamed(cryptoki, ask.token);
    switch (ask.act) {
      case "look":
        return { id: ask.id, looked: await look(cryptoki, token) };
      case "sign":
        return { id: ask.id, signature: await sign(cryptoki, token, ask) };
      default:
        return ask satisfies never;
    }
  } catch (error) {
    if (error instanceof Found) return { id: ask.id, trouble: error.trouble, vendor: error.message };
    if (error instanceof CryptokiFault) return { id: ask.id, ...troubleOf(error.code) };
    throw error; // a bug: the process ends, and the server hears that
  }
};

/** The token of this serial number or label, if exactly one has it. */
const tokenNamed = (cryptoki: Cryptoki, name: string): TokenInfo => {
  const there = cryptoki.tokens().filter(({ flags }) => (flags & ck.tokenFlag.initialized) !== 0);
  const bySerial = there.filter(({ serial }) => serial === name);
  const named = bySerial.length > 0 ? bySerial : there.filter(({ label }) => label === name);
  const [token, another] = named;
  if (token === undefined) throw new Found("token_gone", `${there.length} tokens, none of this name`);
  if (another !== undefined) throw new Found("token_gone", `${named.length} tokens of this label`);
  return token;
};

const look = (cryptoki: Cryptoki, { slot, serial, label, model, flags }: TokenInfo): Promise<Looked> =>
  cryptoki.inSession(slot, async (session) => ({
    serial, label, model,
    isPinLocked: (flags & ck.tokenFlag.pinLocked) !== 0 || (flags & ck.tokenFlag.pinInitialized) === 0,
    certificates: cryptoki.find(session, [[ck.attribute.class, ulongOf(ck.classCertificate)], [ck.attribute.certificateType, ulongOf(ck.certificateX509)]]).flatMap((object) => {
      const value = cryptoki.attribute(session, object, ck.attribute.value);
      return value === undefined || value.length === 0 ? [] : [{ id: cryptoki.attribute(session, object, ck.attribute.id) ?? Buffer.alloc(0), label: (cryptoki.attribute(session, object, ck.attribute.label) ?? Buffer.alloc(0)).toString("utf8"), value }];
    }),
  }));

type Signing = Extract<Ask, { act: "sign" }>;

const sign = async (cryptoki: Cryptoki, { slot, flags }: TokenInfo, { id, keyId, pin, algorithm, message, digest }: Signing): Promise<Uint8Array> => {
  // A locked PIN is not tried, and a mechanism that is not there costs no try of the PIN either.
  if ((flags & ck.tokenFlag.pinLocked) !== 0) throw new Found("pin_locked", "CKF_USER_PIN_LOCKED");
  const way = ways(algorithm, message, digest).find(({ mechanism }) => cryptoki.offers(slot, mechanism));
  if (way === undefined) throw new Found("mechanism_unsupported", algorithm);
  const secret = Buffer.from(pin, "utf8");
  try {
    return await cryptoki.inSession(slot, async (session) => {
      await say({ id, begins: "login" });
      logIn(cryptoki, session, secret, slot);
      const [key] = cryptoki.find(session, [[ck.attribute.class, ulongOf(ck.classPrivateKey)], [ck.attribute.id, Buffer.from(keyId)]]);
      if (key === undefined) throw new Found("key_missing", `no private key of id ${Buffer.from(keyId).toString("hex")}`);
      cryptoki.beginSigning(session, way.mechanism, way.parameters, key);
      // Some keys want the PIN again for each signature (v2.40 §4.9).
      if (cryptoki.attribute(session, key, ck.attribute.alwaysAuthenticate)?.[0] === 1) cryptoki.logIn(session, secret, ck.contextSpecific);
      await say({ id, begins: "key" });
      return cryptoki.sign(session, way.data);
    });
  } finally {
    secret.fill(0);
  }
};

/** Logs in; of a PIN that was wrong the token is asked what is left of it, for whoever guesses on is locked out. */
const logIn = (cryptoki: Cryptoki, session: number, secret: Buffer, slot: number): void => {
  try {
    cryptoki.logIn(session, secret);
  } catch (error) {
    if (!(error instanceof CryptokiFault) || troubleOf(error.code).trouble !== "wrong_pin") throw error;
    const { flags = 0 } = cryptoki.tokens().find((token) => token.slot === slot) ?? {};
    if ((flags & ck.tokenFlag.pinLocked) !== 0) throw new Found("pin_locked", "CKF_USER_PIN_LOCKED");
    if ((flags & ck.tokenFlag.pinFinalTry) !== 0) throw new Found("wrong_pin_last", "CKF_USER_PIN_FINAL_TRY");
    throw error;
  }
};

type Way = { readonly mechanism: number; readonly parameters?: Buffer; readonly data: Uint8Array };

/** How a token may make this signature, in the order in which it is asked: over our digest where it lets us, else over the attributes. */
const ways = (algorithm: TokenAlgorithm, message: Uint8Array, digest: Uint8Array): readonly Way[] => {
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return [{ mechanism: 0x1041, data: digest }, { mechanism: 0x1044, data: message }]; // CKM_ECDSA, CKM_ECDSA_SHA256
    case "ecdsa-p384-sha384":
      return [{ mechanism: 0x1041, data: digest }, { mechanism: 0x1045, data: message }]; // CKM_ECDSA, CKM_ECDSA_SHA384
    case "rsa-pkcs1-sha256":
      return [{ mechanism: 0x01, data: Buffer.concat([sha256DigestInfo, digest]) }, { mechanism: 0x40, data: message }]; // CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS
    case "rsa-pss-sha256": {
      const parameters = Buffer.concat([0x250, 2, 32].map(ulongOf)); // CKM_SHA256, CKG_MGF1_SHA256, as long a salt as the digest
      return [{ mechanism: 0x0d, parameters, data: digest }, { mechanism: 0x43, parameters, data: message }]; // CKM_RSA_PKCS_PSS, CKM_SHA256_RSA_PKCS_PSS
    }
    default:
      return algorithm satisfies never;
  }
};

// RFC 8017 §9.2: CKM_RSA_PKCS pads and no more.
const sha256DigestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");

process.on("message", (said) => void answer(askSchema.parse(said)).then(say));
process.on("disconnect", () => process.exit(0)); // the server is gone
