/**
 * Files of customers and orders. A file is read as it comes, in constant memory, and written in chunks that each commit within a
 * second; what was wrong is kept by line, without values. Invariants: a file can be sent again after any accident and changes
 * nothing that it has changed already; one import runs at most once at a time, over all replicas.
 */
@NullMarked
package io.snowball.customer.imports;

import org.jspecify.annotations.NullMarked;
