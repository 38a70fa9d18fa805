import { userCommand } from "../credentials/command.js";
import { DONE, say, type Command } from "./command.js";

export const command: Command = {
  summary: "add, group, remove or list who may use a server",
  help: `usage: tenure-eventstore user add NAME --users FILE
       tenure-eventstore user groups NAME [GROUP...] --users FILE
       tenure-eventstore user remove NAME --users FILE
       tenure-eventstore user list --users FILE

Keeps the file that "serve --users FILE" reads: names, groups, and passwords as scrypt hashes. A server that runs sees a
change within about a second; calls that are open already go on.

  add NAME      adds a user, or changes the password of one. The password is asked for, or read as the first line of
                the standard input; 8 characters at least
  groups NAME   puts a user into these groups and no others; access lists of streams name groups and users, and
                members of $admins may do everything
  remove NAME   removes a user
  list          says who there is, and in which groups
  --users FILE  the file, which add creates when it is missing, readable for its owner only`,

  run: async (args) => {
    say(await userCommand(args));
    return DONE;
  },
};
