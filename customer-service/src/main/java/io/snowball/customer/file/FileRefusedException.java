package io.snowball.customer.file;

/** The file as a whole is not what was announced; the message says what to change. */
public final class FileRefusedException extends Exception {
    public FileRefusedException(String message) {
        super(message);
    }
}
