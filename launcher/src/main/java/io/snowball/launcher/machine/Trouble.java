package io.snowball.launcher.machine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Something that a person has to put right. The message is shown as it is, without a stack trace: say what to do. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Trouble(String message) {
        super(message);
    }

    public Trouble(String message, Throwable cause) {
        super(message, cause);
    }

    /** The disk's usual complaints in plain words. */
    public static Trouble of(IOException e) {
        String file = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "the state folder";
        String said = String.valueOf(e.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new Trouble(
                    "The disk is full: " + file + " could not be written. Free some space and try again.", e);
        }
        if (e instanceof AccessDeniedException
                || lower.contains("read-only file system")
                || lower.contains("permission denied")
                || lower.contains("not permitted")) {
            return new Trouble(
                    "No right to write " + file + ". Give yourself the right, or choose another folder with --dir.", e);
        }
        return new Trouble("The disk said: " + said + ". Put that right and try again.", e);
    }
}
