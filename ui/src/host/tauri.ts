// The real host: one line a question, straight to the command of the same name in Rust.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Event } from "./contract";
import type { Host } from "./host";
import { pictureOf } from "./picture";

export const host: Host = {
  start: () => invoke("start"),
  subscribe: (hear) => {
    const channel = new Channel<Event>();
    channel.onmessage = hear;
    return invoke("subscribe", { channel });
  },
  openSample: (id) => invoke("open_sample", { id }),
  chooseFiles: () => invoke("choose_files"),
  chooseFolder: () => invoke("choose_folder"),
  unlock: (passwords) => invoke("unlock", { passwords }),
  stop: () => invoke("stop"),
  close: () => invoke("close"),
  head: () => invoke("head"),
  overview: () => invoke("overview"),
  entries: (offset, limit, status) => invoke("entries", { offset, limit, status }),
  correctKind: (entry, kind) => invoke("correct_kind", { entry, kind }),
  list: (query) => invoke("list", { query }),
  search: (query) => invoke("search", { query }),
  record: (id, at) => invoke("record", { id, at }),
  picture: async (entry) => pictureOf(await invoke<ArrayBuffer | number[]>("picture", { entry })),
  source: (entry, at) => invoke("source", { entry, at }),
  ledger: (query) => invoke("ledger", { query }),
  threads: (offset, limit) => invoke("threads", { offset, limit }),
  thread: (id) => invoke("thread", { id }),
  consents: () => invoke("consents"),
  accounts: () => invoke("accounts"),
  controllers: () => invoke("controllers"),
  newDraft: (right, language, items) => invoke("new_draft", { right, language, items }),
  letter: (draft) => invoke("letter", { draft }),
  saveLetter: (draft, format) => invoke("save_letter", { draft, format }),
  openDropped: () => invoke("open_dropped"),
  leaveProgram: (really) => invoke("leave_program", { really }),
  caseState: () => invoke("case_state"),
  chooseCase: () => invoke("choose_case"),
  openCase: (passphrase) => invoke("open_case", { passphrase }),
  keepCase: (passphrase) => invoke("keep_case", { passphrase }),
  closeCase: () => invoke("close_case"),
};
