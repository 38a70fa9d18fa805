import { Button } from "../../../../web/components/button.js";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { useAllowed } from "../../session/viewer.js";
import { type Site } from "./commands/command.js";
import { InvitePerson, RemovePerson } from "./commands/people.js";
import { type Customer, type Person } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Who acts for it in self-care. */
export const PeopleTab = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { instant } = useDates();
  const open = useOpenCommand();
  const mayInvite = useAllowed("invitePerson") && at.customer.status !== "CLOSED";
  const mayRemove = useAllowed("removePerson");
  const people = at.customer.people?.edges.map(({ node }) => node) ?? [];
  const invite = mayInvite && (
    <Button
      onPress={() => {
        open(<InvitePerson at={at} />);
      }}
    >
      {say("invite")}
    </Button>
  );
  const remove = (person: Person) => (
    <Button
      kind="quiet"
      label={say("removeNamed", { name: person.name })}
      onPress={() => {
        open(<RemovePerson at={at} person={person} />);
      }}
    >
      {say("remove")}
    </Button>
  );
  return (
    <Panel title={say("people")} actions={people.length > 0 && invite}>
      {people.length === 0 ? (
        <Notice title={say("noPeople")}>{invite}</Notice>
      ) : (
        <Table<Person>
          label={say("peopleOf", { name: at.customer.contact.name })}
          rows={people}
          keyOf={({ id }) => id}
          columns={[
            { id: "name", title: say("name"), cell: ({ name }) => name },
            { id: "email", title: say("email"), cell: ({ email }) => email },
            {
              id: "invited",
              title: say("invitedOn"),
              cell: ({ createdAt }) => instant(createdAt, at.customer.timeZone),
            },
            ...(mayRemove ? [{ id: "remove", title: say("action"), cell: remove }] : []),
          ]}
        />
      )}
    </Panel>
  );
};
