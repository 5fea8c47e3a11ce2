/**
 * What the launcher asks of the machine it runs on: processes, ports, folders, disk.
 *
 * <p>A child process gets a session of its own, so that Ctrl-C reaches the launcher alone and everything stops in order, and a pid
 * file, so that it is found again after the launcher was killed. Whatever the machine refuses becomes a {@link Trouble}: one
 * sentence that says what to do. Knows nothing of services, databases or mail.
 */
@NullMarked
package io.snowball.launcher.machine;

import org.jspecify.annotations.NullMarked;
