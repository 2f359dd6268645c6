// Notes and troubles by code, in French. In English the sentence that comes with the code is shown as it is.
import type { Args } from "./en";
import { f } from "./typeset";

type Sentence = (args: Args) => string;
type Advice = { message: Sentence; hint: Sentence };

export const frNotes: Record<string, Sentence> = {};

export const frTroubles: Record<string, Advice> = {
  unexpected: {
    message: () => "quelque chose a échoué qui n’aurait pas dû",
    hint: () => "réessayez ; si cela se répète, ouvrez l’export à nouveau",
  },
  not_a_zip: {
    message: (a) => f`le fichier ${a("name", "choisi")} n’est pas une archive ZIP`,
    hint: () => "téléchargez-le à nouveau depuis le compte, ou choisissez un autre fichier",
  },
};

export const frSearchTroubles: Record<string, Advice> = {};
