import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const leaf: MantineColorsTuple = ["#f1f8f5", "#e3f2ec", "#b9dfd0", "#86c7ae", "#4fa586", "#2f8f6e", "#1a7a5c", "#14614a", "#104c3a", "#0e3b2e"];
const gold: MantineColorsTuple = ["#fdf8ec", "#fbf1dc", "#f3dfb1", "#e6c57a", "#d8a94a", "#c98f28", "#c38a24", "#9d6c18", "#7d5410", "#5e3f0b"];

/** Mantine's parts in Lontar's look. The colours themselves live in `tokens.css`, so that both schemes follow one source. */
export const theme = createTheme({
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  headings: { fontFamily: "var(--font)", fontWeight: "650" },
  colors: { leaf, gold },
  primaryColor: "leaf",
  primaryShade: { light: 6, dark: 4 },
  defaultRadius: "md",
  radius: { sm: "6px", md: "10px", lg: "14px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
});

/** Mantine's own variables, answered with our tokens. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-dimmed": "var(--ink-2)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-default": "var(--paper)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-3)",
    "--mantine-color-error": "var(--red-700)",
    "--mantine-color-anchor": "var(--leaf-700)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-contrast": "var(--on-accent)",
    "--mantine-line-height": "1.5",
  },
  light: {},
  dark: {},
});
