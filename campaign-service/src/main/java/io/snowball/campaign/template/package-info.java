/**
 * Turns a template and a customer's values into subject, HTML and text of one mail: Liquid, escaping, tracked links, plain text.
 * Owns: compiling (where mistakes are told, with their line) and rendering (any thread, any number at once).
 * Invariants: a value is escaped wherever it enters HTML; no template reads a file, runs without end or grows without limit; one
 * render never sees another's values: a liqp tree keeps state in its nodes, so a tree serves one render at a time.
 * Only links to servers that a template's author wrote are tracked: what is signed for a name would be an open redirect.
 * No message of an error holds a customer's value. May not: know customers, links' tokens or the database.
 */
@NullMarked
package io.snowball.campaign.template;

import org.jspecify.annotations.NullMarked;
