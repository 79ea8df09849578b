/** The published files of one log, as anybody gets them: nothing here needs a session. */
export type LogFiles = {
  /** The text of `checkpoint` or `policy`; nothing where it is not published. */
  readonly text: (name: "checkpoint" | "policy") => Promise<string | undefined>;
  /** The bytes of a tile by its path under the log, such as `tile/0/000.p/5`. */
  readonly tile: (path: string) => Promise<Uint8Array | undefined>;
};

/** The log that this site publishes for a government. */
export const publishedLog = (tenantId: string): LogFiles => {
  const get = async (path: string): Promise<Response | undefined> => {
    const response = await fetch(`/log/${tenantId}/${path}`, { credentials: "omit", cache: "no-cache" });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the published log answers ${response.status}`);
    return response;
  };
  return {
    text: async (name) => (await get(name))?.text(),
    tile: async (path) => {
      const response = await get(path);
      return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer());
    },
  };
};
