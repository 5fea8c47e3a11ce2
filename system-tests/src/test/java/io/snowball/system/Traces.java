package io.snowball.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Looks for texts in every row of every database and in every file of the installation. PostgreSQL's own files are left out: what
 * is deleted stays in its pages and its log until they are written over, and no service can read it there.
 */
final class Traces {
    private static final List<String> SERVICES = List.of("gateway", "customer", "segmentation", "campaign", "consent");

    private final Snowball snowball;
    private final List<String> texts = new ArrayList<>();

    /** @param marks lower-case ASCII; wherever one stands, in whatever case, as bytes or as the hexadecimal that a bytea is shown in */
    Traces(Snowball snowball, List<String> marks) {
        this.snowball = snowball;
        for (String mark : marks) {
            texts.add(mark);
            texts.add(HexFormat.of().formatHex(mark.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** @return {@code service: schema.table} and {@code file: path} where any of the texts was found */
    SortedSet<String> find() {
        TreeSet<String> found = new TreeSet<>();
        SERVICES.forEach(service -> found.addAll(tables(service)));
        found.addAll(files());
        return found;
    }

    /** Of one service's database. */
    SortedSet<String> tables(String service) {
        TreeSet<String> found = new TreeSet<>();
        try (Connection database = snowball.database(service)) {
            for (String table : names(database)) {
                if (holds(database, table)) {
                    found.add(service + ": " + table);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return found;
    }

    private static List<String> names(Connection database) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var rows = database.createStatement().executeQuery("""
                select format('%I.%I', n.nspname, c.relname)
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                  and has_table_privilege(c.oid, 'select')
                order by 1
                """)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private boolean holds(Connection database, String table) throws SQLException {
        database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.setFetchSize(1000);
            try (var rows = statement.executeQuery("select lower(t::text) from " + table + " t")) {
                while (rows.next()) {
                    String row = rows.getString(1);
                    if (texts.stream().anyMatch(row::contains)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private SortedSet<String> files() {
        TreeSet<String> found = new TreeSet<>();
        try {
            Files.walkFileTree(snowball.folder(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean isDatabase = Files.exists(folder.resolve("PG_VERSION"));
                    return isDatabase ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    // Byte by byte: a mark is ASCII, and stands so in every encoding that our files have.
                    String content =
                            Files.readString(file, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                    if (attributes.isRegularFile() && texts.stream().anyMatch(content::contains)) {
                        found.add("file: " + snowball.folder().relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }
}
