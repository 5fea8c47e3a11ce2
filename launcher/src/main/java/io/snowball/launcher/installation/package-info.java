/**
 * One Snowball on this machine: a folder for its state, a database server, the services as processes, a mailbox.
 *
 * <p>{@link Installation} is the door, for the commands and for system tests. Invariants: one launcher per folder, held by a file lock that
 * the operating system takes back even after SIGKILL; whatever a killed launcher left running is stopped before a new start; what
 * starts is stopped in the opposite order; a service that dies by itself is started again, more and more slowly. The services are
 * data ({@link Service}): nothing here knows what one of them does.
 */
@NullMarked
package io.snowball.launcher.installation;

import org.jspecify.annotations.NullMarked;
