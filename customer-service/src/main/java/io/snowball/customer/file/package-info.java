/**
 * Reads files that strangers wrote: CSV, NDJSON and XLSX, as a stream, in constant memory. Invariants: whatever the bytes are, reading
 * goes on at the next line; a record that can't be read says on which line, in which column and why, and never repeats a value.
 */
@NullMarked
package io.snowball.customer.file;

import org.jspecify.annotations.NullMarked;
