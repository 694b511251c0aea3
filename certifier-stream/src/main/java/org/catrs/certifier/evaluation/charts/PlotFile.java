// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.catrs.schemas.InvalidDataException;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;

/** Writes charts to files, as PNG or SVG by the file's extension. */
public final class PlotFile {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    private PlotFile() {}

    /** @throws InvalidDataException when the extension is another, the file cannot be written, or there are no fonts */
    public static void write(XYChart chart, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        requireFonts();
        try {
            if (name.endsWith(".png")) {
                writePng(chart, file);
            } else if (name.endsWith(".svg")) {
                writeSvg(chart, file);
            } else {
                throw new InvalidDataException("a plot's file must end with .png or .svg, found " + file);
            }
        } catch (IOException exception) {
            throw new InvalidDataException(file + " cannot be written: " + exception, exception);
        }
    }

    /**
     * Asks for a font before a drawing does: where there is none, AWT throws an Error from deep inside.
     *
     * @throws InvalidDataException when this machine has no fonts
     */
    public static void requireFonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getLineMetrics("0", new FontRenderContext(null, false, false));
        } catch (Error | RuntimeException exception) {
            throw new InvalidDataException(
                    "a plot needs fonts and the FreeType library, and Java finds none on this machine (" + exception
                            + "); install them (on Debian: apt-get install fontconfig fonts-dejavu-core libfreetype6), "
                            + "or leave the plot away",
                    exception);
        }
    }

    private static void writePng(XYChart chart, Path file) throws IOException {
        BufferedImage picture = BitmapEncoder.getBufferedImage(chart);
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("this Java has no PNG encoder");
            }
        }
    }

    private static void writeSvg(XYChart chart, Path file) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(emptySvg());
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
        try (Writer writer = Files.newBufferedWriter(file)) {
            graphics.stream(writer, true);
        }
    }

    private static Document emptySvg() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG_NAMESPACE, "svg", null);
        } catch (ParserConfigurationException exception) {
            throw new IllegalStateException("this Java has no XML document builder", exception);
        }
    }
}
