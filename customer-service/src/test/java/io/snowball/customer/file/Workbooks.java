package io.snowball.customer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** XLSX files as spreadsheet programs write them, or as nobody should. */
public final class Workbooks {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    private Workbooks() {}

    /** Writes a part piece by piece, so that it may be larger than memory. */
    public interface Part {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Shared texts: s0 to s3; style 1 is a day, style 2 a time. */
    public static byte[] withRows(String rows) throws IOException {
        return withSheet(out -> out.write(
                (XML + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                                + rows + "</sheetData></worksheet>")
                        .getBytes(UTF_8)));
    }

    public static byte[] withSheet(Part sheet) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            part(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                     xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                     <workbookPr/><sheets><sheet name="Клиенты" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            part(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                     <Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
                     <Relationship Id="rId2" Type="http://x/styles" Target="/xl/styles.xml"/>
                     <Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>""");
            part(zip, "xl/styles.xml", """
                    <styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>
                     <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
                     <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>""");
            part(zip, "xl/sharedStrings.xml", """
                    <sst><si><t>id</t></si><si><t>name</t></si><si><t>city</t></si>
                     <si><r><t>Ан</t></r><r><t>на &amp; Ко</t></r><rPh><t>x</t></rPh></si></sst>""");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            sheet.writeTo(zip);
        }
        return bytes.toByteArray();
    }

    /** A sheet that begins well and goes on with the same bytes for ever. */
    public static byte[] bomb(String begin, String endless, long length) throws IOException {
        return withSheet(out -> {
            out.write((XML + "<worksheet><sheetData>" + begin).getBytes(UTF_8));
            byte[] piece = endless.repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            for (long written = 0; written < length; written += piece.length) {
                out.write(piece);
            }
        });
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((XML + xml).getBytes(UTF_8));
    }
}
