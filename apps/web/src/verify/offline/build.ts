/** What an element may hold. */
export type Child = Node | string;

/** Makes an element. Text is text: nothing that was read from a file is ever taken for markup. */
export const build = (name: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const svg = (viewBox: string, ...paths: readonly Readonly<Record<string, string>>[]): SVGElement => {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", viewBox);
  drawing.setAttribute("aria-hidden", "true");
  for (const attributes of paths) {
    const path = document.createElementNS(space, "path");
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    drawing.append(path);
  }
  return drawing;
};

const lines = { yes: "m5 12.5 4.5 4.500L19 7.500", no: "M6 6l12 12M18 6 6 18", unknown: "M12 5v9m0 3v3", shield: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zm-4 9 3 3 5-6" } as const;

/** A mark beside an answer. */
export const icon = (name: keyof typeof lines): SVGElement => svg("0 0 24 24", { d: lines[name], fill: "none", stroke: "currentColor", "stroke-width": "2.500", "stroke-linecap": "round", "stroke-linejoin": "round" });

/** A seal, an octagon, a triangle: the word's colour is never alone. */
export const emblem = (tone: "good" | "bad" | "warn"): SVGElement => {
  switch (tone) {
    case "good":
      return svg("0 0 120 120", { d: "M60 10a50 50 0 1 1-.1 0", fill: "#c38a24", stroke: "#c38a24", "stroke-width": "17", "stroke-linecap": "round", "stroke-dasharray": "0 15.700" }, { d: "M60 18a42 42 0 1 1-.1 0", fill: "#14614a", stroke: "#fff", "stroke-width": "4" }, { d: "m42 61 12 12 25-25", fill: "none", stroke: "#fff", "stroke-width": "9" });
    case "bad":
      return svg("0 0 120 120", { d: "M39 6h42l33 33v42l-33 33H39L6 81V39z", fill: "#a3211a" }, { d: "m43 43 34 34m0-34L43 77", stroke: "#fff", "stroke-width": "10" });
    case "warn":
      return svg("0 0 120 120", { d: "M60 8 114 106H6z", fill: "#fdf0d9", stroke: "#8a5200", "stroke-width": "6", "stroke-linejoin": "round" }, { d: "M60 44v30m0 12v8", stroke: "#8a5200", "stroke-width": "9" });
    default:
      return tone satisfies never;
  }
};
