import { domainToASCII } from "node:url";

/** Domains of mailboxes that anybody can have: whoever writes from one belongs to no company. */
const PUBLIC = new Set(
  [
    "126.com 163.com aim.com alice.it aol.com aruba.it att.net bluewin.ch btinternet.com charter.net comcast.net cox.net",
    "duck.com email.it fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net",
    "googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com inbox.lv",
    "inbox.ru laposte.net libero.it list.ru live.co.uk live.com live.it mac.com mail.com mail.ru mailbox.org me.com",
    "msn.com naver.com o2.pl online.de orange.fr outlook.com outlook.de outlook.es outlook.fr outlook.it pm.me",
    "poczta.onet.pl posteo.de proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com",
    "sbcglobal.net seznam.cz sfr.fr sina.com sky.com sympatico.ca t-online.de talktalk.net telenet.be tin.it tiscali.it",
    "tuta.io tutanota.com ukr.net verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl ya.ru yahoo.ca",
    "yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.in yahoo.it yandex.com",
    "yandex.ru yeah.net ymail.com zoho.com",
  ].flatMap((line) => line.split(" ")),
);

const HOST = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/;

/**
 * The domain of a company as Zendesk is told it, in lower case; null: it names none, or one of public mailboxes, by which
 * strangers would join the organization.
 */
export const companyDomainOf = (companyDomain: string | null): string | null => {
  const domain = domainToASCII((companyDomain ?? "").trim().toLowerCase());
  return HOST.test(domain) && !PUBLIC.has(domain) ? domain : null;
};
