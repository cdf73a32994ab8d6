import type { PageDescriptor, PageSource } from '../../contract/index.ts';
import type { ResponseHeaders } from '../../server/refusal.ts';
import { isSchemaObject, type Schema } from '../../values/types.ts';
import { type PagePlaces, plainName } from './page-places.ts';
import { type Page, pageUrl } from './paging.ts';

/** The facts about a page for the properties of a response that describe it. */
export type PageFacts = Page & {
  readonly places: PagePlaces;
  /** The URL of the request. */
  readonly url: string;
};

/** A property or header of the response. */
export type Member = {
  readonly name: string;
  /** Name of the object that contains the property. Empty if it is beside the list. */
  readonly holder: string;
  readonly schema: Schema | undefined;
  /** The value in an example. */
  readonly sample: unknown;
};

/**
 * The value of a property or header, or `null` if it has none on this page. Undefined if it does not describe the page.
 */
export type MemberValue = string | number | boolean | null | undefined;

/** Whether an object with this name beside a list describes the page of the list. */
export const isPageObject = (name: string): boolean =>
  /^(meta|metadata|responsemetadata|page|pageinfo|paging|pagination|cursors?|links?|next|prev|previous)$/.test(
    plainName(name),
  );

/** The value of a property or header for a page, according to its name. */
export function memberOf(member: Member, facts: PageFacts): MemberValue {
  const { items, total, limit, offset, next, places } = facts;
  const plain = plainName(member.name);
  if (/^(total|totalcount|totalitems|totalresults|totalelements|totalrows)$/.test(plain)) return total;
  if (/^(count|resultcount|numberofelements)$/.test(plain)) return items.length;
  if (/^(limit|perpage|pagesize|size)$/.test(plain)) return limit;
  if (/^(offset|skip)$/.test(plain)) return offset + places.firstOffset;
  if (/^(page|pagenumber|currentpage)$/.test(plain)) return Math.floor(offset / limit) + places.firstPage;
  if (/^(pages|totalpages|pagecount|lastpage)$/.test(plain)) return Math.ceil(total / limit);
  if (/^(hasmore|hasnext|hasnextpage|more)$/.test(plain)) return next !== undefined;
  if (/^(hasprev|hasprevious|hasprev(ious)?page)$/.test(plain)) return offset > 0;
  const holder = plainName(member.holder);
  const isHref = /^(href|url|uri)$/.test(plain);
  const relation = isHref ? holder : plain;
  if (/^(self|current)$/.test(relation) && isUrl(member)) return facts.url;
  if (/^(next(page)?(url|uri|link|href)?|nextlink)$/.test(relation)) return nextOf(member, facts, isHref);
  if (/^(prev(ious)?(page)?(url|uri|link|href)?)$/.test(relation)) return beforeOf(member, facts, isHref);
  if (/^(nextcursor|cursor|nextpagetoken|nexttoken|endcursor)$/.test(plain)) return next ?? null;
  // Such a property is in `paging.cursors.after`.
  return plain === 'after' && /^(cursors?|paging|pagination|page|pageinfo|meta)$/.test(holder)
    ? (next ?? null)
    : undefined;
}

/** The value of `next`, which may be a URL, the number of a page, or a cursor. */
function nextOf(member: Member, facts: PageFacts, isHref: boolean): MemberValue {
  const { following, next, url, places } = facts;
  if (isObject(member)) return undefined;
  if (isNumber(member)) return counted(facts, 'following');
  const isLink = isHref || isUrl(member) || (places.cursor === undefined && following !== undefined);
  return (isLink ? pageUrl(url, following) : next) ?? null;
}

function beforeOf(member: Member, facts: PageFacts, isHref: boolean): MemberValue {
  if (isObject(member)) return undefined;
  if (isNumber(member)) return counted(facts, 'before');
  const isLink = isHref || isUrl(member) || facts.places.cursor === undefined;
  return isLink ? (pageUrl(facts.url, facts.before) ?? null) : undefined;
}

/** The number of another page, or its offset. */
const counted = (facts: PageFacts, side: 'following' | 'before'): number | null =>
  Number(facts[side]?.[0]?.[1] ?? Number.NaN) || (facts[side]?.[0]?.[1] === 0 ? 0 : null);

const typesOf = ({ schema }: Member): readonly unknown[] => (isSchemaObject(schema) ? [schema['type']].flat() : []);
const isNumber = (member: Member): boolean =>
  typesOf(member).some((type) => type === 'integer' || type === 'number') || typeof member.sample === 'number';
const isObject = (member: Member): boolean =>
  typesOf(member).includes('object') || (typeof member.sample === 'object' && member.sample !== null);

function isUrl({ name, holder, schema, sample }: Member): boolean {
  if (isSchemaObject(schema) && /^(uri|iri)(-reference)?$|^url$/.test(String(schema['format']))) return true;
  if (/(url|uri|link|href)$/.test(plainName(name)) || /^links?$/.test(plainName(holder))) return true;
  return typeof sample === 'string' && /^(https?:\/\/|\/|\?)/.test(sample);
}

/** The values of `x-cs-page` in a response, by their locations. */
export function declaredMembers(
  page: PageDescriptor | undefined,
  facts: PageFacts,
): readonly (readonly [PageSource, Exclude<MemberValue, undefined>])[] {
  if (!page) return [];
  const { total, limit, next, following, url } = facts;
  const found: (readonly [PageSource, Exclude<MemberValue, undefined>])[] = [];
  if ('more' in page && page.more !== undefined) found.push([page.more, next !== undefined]);
  if ('done' in page && page.done !== undefined) found.push([page.done, next === undefined]);
  if ('total' in page && page.total !== undefined) found.push([page.total, total]);
  if (page.kind === 'cursor' && page.next !== undefined) found.push([page.next, next ?? null]);
  if (page.kind === 'number' && page.next !== undefined) found.push([page.next, counted(facts, 'following')]);
  if (page.kind === 'number' && page.pages !== undefined) found.push([page.pages, Math.ceil(total / limit)]);
  if (page.kind === 'url') found.push([page.next, pageUrl(url, following) ?? null]);
  return found;
}

/** The declared headers of a list's response, with their values for the page. */
export function pageHeaders(
  shown: ResponseHeaders,
  page: PageDescriptor | undefined,
  facts: PageFacts,
): ResponseHeaders {
  const headers = new Map(Object.entries(shown));
  const nameOf = (name: string): string =>
    [...headers.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
  const put = (name: string, value: Exclude<MemberValue, undefined>): void => {
    if (value === null) headers.delete(nameOf(name));
    else headers.set(nameOf(name), String(value));
  };
  for (const [name, sample] of Object.entries(shown)) {
    if (name.toLowerCase() === 'link') continue;
    const isCount = /next|prev/i.test(name) && !Number.isNaN(Number(sample));
    const value = memberOf(
      { name: name.replace(/^x-/i, ''), holder: '', schema: isCount ? { type: 'integer' } : undefined, sample },
      facts,
    );
    if (value !== undefined) put(name, value);
  }
  for (const [source, value] of declaredMembers(page, facts)) if (typeof source !== 'string') put(source.header, value);
  const isLinked = page?.kind === 'link' || headers.has(nameOf('link'));
  if (isLinked) put('link', linkHeader(page?.kind === 'link' ? (page.rel ?? 'next') : 'next', facts));
  return Object.fromEntries(headers);
}

/** Writes a `Link` header (RFC 8288). Null if there is no other page. */
function linkHeader(rel: string, { url, following, before }: PageFacts): string | null {
  const links = [
    [pageUrl(url, following), rel],
    [pageUrl(url, before), 'prev'],
  ].flatMap(([target, relation]) => (target === undefined ? [] : [`<${target}>; rel="${relation}"`]));
  return links.length > 0 ? links.join(', ') : null;
}
