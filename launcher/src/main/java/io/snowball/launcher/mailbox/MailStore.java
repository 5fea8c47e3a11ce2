package io.snowball.launcher.mailbox;

import io.snowball.launcher.mailbox.StoredMail.Summary;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The newest mails, in memory, bounded by number and by bytes. */
final class MailStore {
    private final int maxMails;
    private final long maxBytes;
    private final NavigableMap<Long, StoredMail> mails = new TreeMap<>();
    private long last;
    private long bytes;

    MailStore(int maxMails, long maxBytes) {
        this.maxMails = maxMails;
        this.maxBytes = maxBytes;
    }

    void add(Instant receivedAt, String returnPath, List<String> recipients, Summary summary, byte[] source) {
        byte[] packed = StoredMail.pack(source);
        synchronized (this) {
            StoredMail mail =
                    new StoredMail(++last, receivedAt, returnPath, recipients, summary, source.length, packed);
            mails.put(mail.n(), mail);
            bytes += packed.length;
            while (mails.size() > maxMails || (bytes > maxBytes && mails.size() > 1)) {
                bytes -= mails.pollFirstEntry().getValue().packed().length;
            }
        }
    }

    synchronized Optional<StoredMail> find(long n) {
        return Optional.ofNullable(mails.get(n));
    }

    synchronized int count() {
        return mails.size();
    }

    /** The number of the mail that came last, kept or not; 0 before the first. */
    synchronized long last() {
        return last;
    }

    synchronized void clear() {
        mails.clear();
        bytes = 0;
    }

    /** Oldest first, those that came after {@code n}: for a reader that follows. */
    synchronized List<StoredMail> after(long n, String query, int limit) {
        return select(mails.tailMap(n, false).values().stream(), query, limit);
    }

    /** Newest first, those that came before {@code n}: for a page. */
    synchronized List<StoredMail> before(long n, String query, int limit) {
        return select(mails.headMap(n, false).descendingMap().values().stream(), query, limit);
    }

    private static List<StoredMail> select(Stream<StoredMail> from, String query, int limit) {
        return from.filter(matches(query)).limit(limit).toList();
    }

    private static Predicate<StoredMail> matches(String query) {
        if (query.isBlank()) {
            return mail -> true;
        }
        String wanted = query.strip();
        return mail -> contains(mail.summary().subject(), wanted)
                || contains(mail.summary().from(), wanted)
                || mail.recipients().stream().anyMatch(recipient -> contains(recipient, wanted));
    }

    private static boolean contains(String text, String wanted) {
        for (int i = 0; i + wanted.length() <= text.length(); i++) {
            // Ignores case in Cyrillic too, and needs no copy of each text.
            if (text.regionMatches(true, i, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }
}
