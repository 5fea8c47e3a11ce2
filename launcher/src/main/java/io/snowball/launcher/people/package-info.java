/**
 * Invented people with Russian names, addresses and phone numbers. The same number makes the same person every time, on every
 * machine, so that two runs can be compared and a base of any size needs no memory. Mail addresses are at example.com, which RFC
 * 2606 keeps free for this: nobody can be written to by mistake.
 */
@NullMarked
package io.snowball.launcher.people;

import org.jspecify.annotations.NullMarked;
