/**
 * PostgreSQL 18 from the binaries on the class path, its data in the installation's folder.
 *
 * <p>Invariants: one database and one role of the same name per service, and no role can connect to another's database; it listens on
 * 127.0.0.1 only; data survive every kind of stop, SIGKILL included; what is set up half-way is never taken for whole (unpacking and
 * initdb work in a folder that is renamed when done). It runs as root too, where PostgreSQL itself refuses to.
 */
@NullMarked
package io.snowball.launcher.postgres;

import org.jspecify.annotations.NullMarked;
