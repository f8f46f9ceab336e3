// Runs in the head before anything is drawn, so that no page flashes white at night.

import { chosenTheme, showTheme, themeFor } from "./theme-choice";

const system = matchMedia("(prefers-color-scheme: dark)");
const show = () => showTheme(themeFor(chosenTheme(), system.matches));

document.documentElement.classList.add("js");
show();
system.addEventListener("change", show);

// Paper is white, whatever the screen is.
addEventListener("beforeprint", () => showTheme("light"));
addEventListener("afterprint", show);
