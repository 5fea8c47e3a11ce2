package io.snowball.customer.profile;

import static java.util.stream.Collectors.toMap;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.Attributes.Attribute;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The declared attributes as columns of a file. */
public final class FileAttributes {
    /** Before the attribute's name in a header. */
    public static final String PREFIX = "attribute.";

    public static final FileAttributes NONE = new FileAttributes(List.of());

    private final Map<String, Attribute> byName;

    private FileAttributes(List<Attribute> declared) {
        this.byName = declared.stream().collect(toMap(Attribute::name, Function.identity(), (a, _) -> a, TreeMap::new));
    }

    public static Uni<FileAttributes> declared(SqlClient client) {
        return Attributes.all(client).map(FileAttributes::new);
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Reads the texts of one record. */
    public Reader reader() {
        return new Reader();
    }

    /** Collects what one record says, attribute by attribute. */
    public final class Reader {
        private final Map<String, Object> facts = new TreeMap<>();
        private final Map<String, Object> personal = new TreeMap<>();

        private Reader() {}

        /** @throws IllegalArgumentException with a sentence for the user */
        public void read(String name, String text) {
            Attribute attribute = byName.get(name);
            if (attribute != null) {
                Object value = attribute.type().parse(text, attribute.choices());
                (attribute.personal() ? personal : facts).put(name, value);
            }
        }

        public Details in(Details others) {
            return others.with(facts, personal);
        }
    }
}
