// Every page works without this; with it, work is quicker and nothing typed is lost.

import "htmx.org";
import { startBeside } from "./beside";
import { startChanges } from "./changes";
import { startFilter } from "./filter";
import { startKeep } from "./keep";
import { startKeys } from "./keys";
import { startLatest } from "./latest";
import { startLeave } from "./leave";
import { startMenus } from "./menus";
import { startNotices } from "./notices";
import { startOnce } from "./once";
import { startPanels } from "./panels";
import { startPrint } from "./print";
import { startRows } from "./row";
import { startSelect } from "./select";
import { startThemeSwitch } from "./theme-switch";

startThemeSwitch();
startMenus();
startFilter();
startRows();
startSelect();
startKeys();
startPrint();
startPanels();
startBeside();
startChanges();
startLatest();
// The order matters: what is sent is kept, and leaving is free, before the form is held.
startLeave();
startKeep();
startNotices();
startOnce();
