import { storiesAgree } from "./stories-agree.js";

// Half of the stories in each of two files, so that two cores share them.
storiesAgree(0, 2);
