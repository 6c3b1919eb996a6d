<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Isthmus</name>
  <message>
   <source> Mbit/s</source>
   <translation> Mbit/s</translation>
  </message>
  <message>
   <source> a day</source>
   <translation> am Tag</translation>
  </message>
  <message>
   <source> frames/s</source>
   <translation> Bilder/s</translation>
  </message>
  <message>
   <source>&amp;1 voxel on 1 device pixel</source>
   <translation>&amp;1 Voxel auf 1 Gerätepixel</translation>
  </message>
  <message>
   <source>&amp;About Isthmus</source>
   <translation>&amp;Über Isthmus</translation>
  </message>
  <message>
   <source>&amp;All measures…</source>
   <translation>&amp;Alle Maße …</translation>
  </message>
  <message>
   <source>&amp;Angle</source>
   <translation>&amp;Winkel</translation>
  </message>
  <message>
   <source>&amp;Axial</source>
   <translation>&amp;Axial</translation>
  </message>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleich</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy the drawings' figures</source>
   <translation>Werte der Zeichnungen &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy view</source>
   <translation>Ansicht &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Coronal</source>
   <translation>&amp;Koronar</translation>
  </message>
  <message>
   <source>&amp;Dark</source>
   <translation>&amp;Dunkel</translation>
  </message>
  <message>
   <source>&amp;Difference</source>
   <translation>&amp;Differenz</translation>
  </message>
  <message>
   <source>&amp;Distance</source>
   <translation>&amp;Strecke</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;Ellipse</source>
   <translation>&amp;Ellipse</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;First slice</source>
   <translation>&amp;Erste Schicht</translation>
  </message>
  <message>
   <source>&amp;Fit</source>
   <translation>&amp;Einpassen</translation>
  </message>
  <message>
   <source>&amp;Freehand region</source>
   <translation>&amp;Freihandregion</translation>
  </message>
  <message>
   <source>&amp;Go to slice…</source>
   <translation>&amp;Gehe zu Schicht …</translation>
  </message>
  <message>
   <source>&amp;Go to the drawing</source>
   <translation>&amp;Zur Zeichnung gehen</translation>
  </message>
  <message>
   <source>&amp;Guided demo</source>
   <translation>&amp;Geführte Demo</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Histogram and window…</source>
   <translation>&amp;Histogramm und Fensterung …</translation>
  </message>
  <message>
   <source>&amp;Interpolation</source>
   <translation>&amp;Interpolation</translation>
  </message>
  <message>
   <source>&amp;Larger bottleneck</source>
   <translation>&amp;Größerer Engpass</translation>
  </message>
  <message>
   <source>&amp;Last slice</source>
   <translation>&amp;Letzte Schicht</translation>
  </message>
  <message>
   <source>&amp;Layout</source>
   <translation>A&amp;nordnung</translation>
  </message>
  <message>
   <source>&amp;Light</source>
   <translation>&amp;Hell</translation>
  </message>
  <message>
   <source>&amp;Magnifier</source>
   <translation>&amp;Lupe</translation>
  </message>
  <message>
   <source>&amp;Mask</source>
   <translation>&amp;Maske</translation>
  </message>
  <message>
   <source>&amp;Measure</source>
   <translation>&amp;Messen</translation>
  </message>
  <message>
   <source>&amp;Messages</source>
   <translation>&amp;Meldungen</translation>
  </message>
  <message>
   <source>&amp;Neurological convention: left is left</source>
   <translation>&amp;Neurologische Konvention: links ist links</translation>
  </message>
  <message>
   <source>&amp;Next colour map</source>
   <translation>Nächste &amp;Farbpalette</translation>
  </message>
  <message>
   <source>&amp;Next drawing</source>
   <translation>&amp;Nächste Zeichnung</translation>
  </message>
  <message>
   <source>&amp;Next interpolation</source>
   <translation>&amp;Nächste Interpolation</translation>
  </message>
  <message>
   <source>&amp;Next part</source>
   <translation>&amp;Nächster Teil</translation>
  </message>
  <message>
   <source>&amp;Next slice</source>
   <translation>&amp;Nächste Schicht</translation>
  </message>
  <message>
   <source>&amp;Open file…</source>
   <translation>Datei ö&amp;ffnen …</translation>
  </message>
  <message>
   <source>&amp;Overlay text</source>
   <translation>&amp;Beschriftung</translation>
  </message>
  <message>
   <source>&amp;Own window for reconstructions</source>
   <translation>&amp;Eigene Fensterung für Rekonstruktionen</translation>
  </message>
  <message>
   <source>&amp;Pan with the left button</source>
   <translation>&amp;Verschieben mit der linken Taste</translation>
  </message>
  <message>
   <source>&amp;Previous part</source>
   <translation>&amp;Voriger Teil</translation>
  </message>
  <message>
   <source>&amp;Previous slice</source>
   <translation>&amp;Vorige Schicht</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Rectangle</source>
   <translation>&amp;Rechteck</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;Reset layout</source>
   <translation>Anordnung zurü&amp;cksetzen</translation>
  </message>
  <message>
   <source>&amp;Reset zoom, pan and window</source>
   <translation>Zoom, Lage und Fensterung &amp;zurücksetzen</translation>
  </message>
  <message>
   <source>&amp;Sagittal</source>
   <translation>&amp;Sagittal</translation>
  </message>
  <message>
   <source>&amp;Save as CSV or JSON…</source>
   <translation>Als CSV oder JSON &amp;speichern …</translation>
  </message>
  <message>
   <source>&amp;Save…</source>
   <translation>&amp;Speichern …</translation>
  </message>
  <message>
   <source>&amp;Scroll with the left button</source>
   <translation>&amp;Blättern mit der linken Taste</translation>
  </message>
  <message>
   <source>&amp;Settings…</source>
   <translation>&amp;Einstellungen …</translation>
  </message>
  <message>
   <source>&amp;Shortcuts</source>
   <translation>&amp;Tastenkürzel</translation>
  </message>
  <message>
   <source>&amp;Slice</source>
   <translation>&amp;Schicht</translation>
  </message>
  <message>
   <source>&amp;Smaller bottleneck</source>
   <translation>&amp;Kleinerer Engpass</translation>
  </message>
  <message>
   <source>&amp;Theme</source>
   <translation>Farb&amp;schema</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>&amp;Window</source>
   <translation>&amp;Fenster</translation>
  </message>
  <message>
   <source>&amp;Window level</source>
   <translation>&amp;Fensterung</translation>
  </message>
  <message>
   <source>&amp;Window with the left button</source>
   <translation>&amp;Fensterung mit der linken Taste</translation>
  </message>
  <message>
   <source>&amp;Zoom with the left button</source>
   <translation>&amp;Zoomen mit der linken Taste</translation>
  </message>
  <message>
   <source>(reconstruction − original) ÷ noise</source>
   <translation>(Rekonstruktion − Original) ÷ Rauschen</translation>
  </message>
  <message>
   <source>1 channel</source>
   <translation>1 Kanal</translation>
  </message>
  <message>
   <source>1 of {count}</source>
   <translation>1 von {count}</translation>
  </message>
  <message>
   <source>1 series</source>
   <translation>1 Serie</translation>
  </message>
  <message>
   <source>1 − SSIM from 0 to {limit}</source>
   <translation>1 − SSIM von 0 bis {limit}</translation>
  </message>
  <message>
   <source>1 − SSIM: bright where structure was lost</source>
   <translation>1 − SSIM: hell, wo Struktur verloren ging</translation>
  </message>
  <message>
   <source>10 · log₁₀(peak² ∕ mean squared error over the region), in decibels. Peak: maximum − minimum of the original over the volume.</source>
   <translation>10 · log₁₀(Spitze² ∕ mittlerer quadratischer Fehler über die Region), in Dezibel. Spitze: Maximum − Minimum des Originals über das Volumen.</translation>
  </message>
  <message>
   <source>10 · log₁₀(peak² ∕ mean squared error). Peak: {peak}. A slice uses the volume's peak.</source>
   <translation>10 · log₁₀(Spitze² ∕ mittlerer quadratischer Fehler). Spitze: {peak}. Für eine Schicht gilt die Spitze des Volumens.</translation>
  </message>
  <message>
   <source>4G {rate}</source>
   <translation>4G {rate}</translation>
  </message>
  <message>
   <source>&lt;b&gt;Lossless, {ratio}&lt;/b&gt;&lt;br&gt;{codec} makes {size} of this scan and gives every voxel back. Encoded here.</source>
   <translation>&lt;b&gt;Verlustfrei, {ratio}&lt;/b&gt;&lt;br&gt;{codec} macht aus diesem Scan {size} und gibt jedes Voxel zurück. Hier codiert.</translation>
  </message>
  <message>
   <source>&lt;b&gt;Quality {floor}&lt;/b&gt;&lt;br&gt;Stops below it are dimmed, never switched off. Drag it, or press Alt+↑ and Alt+↓. Enter takes the smallest file that reaches it.&lt;br&gt;{definition}</source>
   <translation>&lt;b&gt;Qualität {floor}&lt;/b&gt;&lt;br&gt;Stufen darunter sind gedimmt, nie gesperrt. Ziehen, oder Alt+↑ und Alt+↓ drücken. Eingabe nimmt die kleinste Datei, die sie erreicht.&lt;br&gt;{definition}</translation>
  </message>
  <message>
   <source>A simulated head, not a patient: {slices} slices of {rows} × {columns} voxels, {size} as stored. Blue always stands for what was there: the original.</source>
   <translation>Ein simulierter Kopf, kein Patient: {slices} Schichten von {rows} × {columns} Voxeln, {size} wie gespeichert. Blau steht immer für das, was da war: das Original.</translation>
  </message>
  <message>
   <source>A simulated head, squeezed step by step. Nothing to download, no patient data.</source>
   <translation>Ein simulierter Kopf, Schritt für Schritt durch den Engpass. Kein Herunterladen, keine Patientendaten.</translation>
  </message>
  <message>
   <source>A trained network passes the scan through {channels} channels. Of {stored}, {size} are left: {ratio}. Orange stands for what came through. The PSNR says how close it is: {psnr}, and more is closer.</source>
   <translation>Ein trainiertes Netz führt den Scan durch {channels} Kanäle. Von {stored} bleiben {size}: {ratio}. Orange steht für das, was durchkam. Das PSNR sagt, wie nah es ist: {psnr}, und mehr ist näher.</translation>
  </message>
  <message>
   <source>A year, {count} scans a day on {days} days: {size}, {seconds}{words}.</source>
   <translation>Ein Jahr, {count} Scans am Tag an {days} Tagen: {size}, {seconds}{words}.</translation>
  </message>
  <message>
   <source>A&amp;utomatic window, by percentiles</source>
   <translation>A&amp;utomatische Fensterung, nach Perzentilen</translation>
  </message>
  <message>
   <source>ANONYMOUS</source>
   <translation>ANONYM</translation>
  </message>
  <message>
   <source>About Isthmus</source>
   <translation>Über Isthmus</translation>
  </message>
  <message>
   <source>Absolute</source>
   <translation>Betrag</translation>
  </message>
  <message>
   <source>Added</source>
   <translation>Hinzugefügt</translation>
  </message>
  <message>
   <source>Agreement</source>
   <translation>Übereinstimmung</translation>
  </message>
  <message>
   <source>Agreement of the means of blocks</source>
   <translation>Übereinstimmung der Blockmittel</translation>
  </message>
  <message>
   <source>All &amp;measures…</source>
   <translation>Alle &amp;Maße …</translation>
  </message>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>All measures</source>
   <translation>Alle Maße</translation>
  </message>
  <message>
   <source>All measures with their definitions, to copy or save (Enter)</source>
   <translation>Alle Maße mit ihren Definitionen, zum Kopieren oder Speichern (Eingabe)</translation>
  </message>
  <message>
   <source>All pictures</source>
   <translation>Alle Bilder</translation>
  </message>
  <message>
   <source>Amplification (Ctrl+Up, Ctrl+Down)</source>
   <translation>Verstärkung (Strg+Auf, Strg+Ab)</translation>
  </message>
  <message>
   <source>Amplify the difference less</source>
   <translation>Differenz weniger verstärken</translation>
  </message>
  <message>
   <source>Amplify the difference more</source>
   <translation>Differenz mehr verstärken</translation>
  </message>
  <message>
   <source>Angiography</source>
   <translation>Angiographie</translation>
  </message>
  <message>
   <source>Angle</source>
   <translation>Winkel</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Appears when the scan is encoded</source>
   <translation>Erscheint, wenn der Scan codiert ist</translation>
  </message>
  <message>
   <source>Arrange &amp;panels</source>
   <translation>&amp;Felder anordnen</translation>
  </message>
  <message>
   <source>As the &amp;system</source>
   <translation>Wie das &amp;System</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Below the {floor}.</source>
   <translation>Unter der {floor}.</translation>
  </message>
  <message>
   <source>Bias</source>
   <translation>Bias</translation>
  </message>
  <message>
   <source>Bits per voxel</source>
   <translation>Bits je Voxel</translation>
  </message>
  <message>
   <source>Bland–Altman plot: each point is a block of {side} × {side} × 1 voxels, at least half of them foreground. Right: mean of original and reconstruction. Up: reconstruction − original. Bias {bias}; limits of agreement, bias ± 1.96 SD, {low} and {high}; {count} blocks. Click, or arrow keys and Enter, to go there.</source>
   <translation>Bland-Altman-Diagramm: Jeder Punkt ist ein Block von {side} × {side} × 1 Voxeln, mindestens die Hälfte davon Vordergrund. Nach rechts: Mittel von Original und Rekonstruktion. Nach oben: Rekonstruktion − Original. Bias {bias}; Übereinstimmungsgrenzen, Bias ± 1,96 SD, {low} und {high}; {count} Blöcke. Ein Klick, oder Pfeiltasten und Eingabe, führt dorthin.</translation>
  </message>
  <message>
   <source>Blend</source>
   <translation>Überblenden</translation>
  </message>
  <message>
   <source>Bone</source>
   <translation>Knochen</translation>
  </message>
  <message>
   <source>Bottleneck</source>
   <translation>Engpass</translation>
  </message>
  <message>
   <source>Brain</source>
   <translation>Gehirn</translation>
  </message>
  <message>
   <source>Built with Qt for Python (LGPL), PyTorch, NumPy, SciPy, Numba, nibabel, pydicom, dicom-anonymizer, Pillow and Phosphor icons (MIT). The simulated head is made from the Colin27 average brain (Louis Collins, McConnell Brain Imaging Centre, Montreal Neurological Institute, McGill University; Holmes et al., 1998). What each model was trained on stands in its card.</source>
   <translation>Gebaut mit Qt für Python (LGPL), PyTorch, NumPy, SciPy, Numba, nibabel, pydicom, dicom-anonymizer, Pillow und Phosphor-Symbolen (MIT). Der simulierte Kopf ist aus dem Durchschnittsgehirn Colin27 gemacht (Louis Collins, McConnell Brain Imaging Centre, Montreal Neurological Institute, McGill University; Holmes u. a., 1998). Womit jedes Modell trainiert wurde, steht in seiner Karte.</translation>
  </message>
  <message>
   <source>Buttons</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>By slice</source>
   <translation>Je Schicht</translation>
  </message>
  <message>
   <source>C&amp;rosshair</source>
   <translation>Faden&amp;kreuz</translation>
  </message>
  <message>
   <source>CPU, 1 core</source>
   <translation>CPU, 1 Kern</translation>
  </message>
  <message>
   <source>CPU, {n} cores</source>
   <translation>CPU, {n} Kerne</translation>
  </message>
  <message>
   <source>CSV (*.csv)</source>
   <translation>CSV (*.csv)</translation>
  </message>
  <message>
   <source>CSV (*.csv);;JSON (*.json)</source>
   <translation>CSV (*.csv);;JSON (*.json)</translation>
  </message>
  <message>
   <source>CSV…</source>
   <translation>CSV …</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Centre</source>
   <translation>Mitte</translation>
  </message>
  <message>
   <source>Checkerboard</source>
   <translation>Schachbrett</translation>
  </message>
  <message>
   <source>Choose a series</source>
   <translation>Eine Serie wählen</translation>
  </message>
  <message>
   <source>Choose another file.</source>
   <translation>Eine andere Datei wählen.</translation>
  </message>
  <message>
   <source>Choose another folder, or make room on the disk.</source>
   <translation>Einen anderen Ordner wählen oder auf dem Datenträger Platz schaffen.</translation>
  </message>
  <message>
   <source>Choose another.</source>
   <translation>Etwas anderes wählen.</translation>
  </message>
  <message>
   <source>Choose the bottleneck again to go on.</source>
   <translation>Den Engpass neu wählen, um weiterzumachen.</translation>
  </message>
  <message>
   <source>Cine</source>
   <translation>Cine</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Click</source>
   <translation>Klick</translation>
  </message>
  <message>
   <source>Clinical</source>
   <translation>Klinisch</translation>
  </message>
  <message>
   <source>Clinical: left drags the window, right zooms, middle pans. Right-button windowing: right drags the window, with Shift it pans, with Ctrl it zooms; left moves the cursor. Neuro: left moves the cursor, right zooms, middle pans, Ctrl+Shift drags the window.</source>
   <translation>Klinisch: Links zieht die Fensterung, rechts zoomt, die Mitte verschiebt. Fensterung rechts: Rechts zieht die Fensterung, mit Umschalt verschiebt es, mit Strg zoomt es; links setzt den Cursor. Neuro: Links setzt den Cursor, rechts zoomt, die Mitte verschiebt, Strg+Umschalt zieht die Fensterung.</translation>
  </message>
  <message>
   <source>Clock: {still}.</source>
   <translation>Uhr: {still}.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close (Esc)</source>
   <translation>Schließen (Esc)</translation>
  </message>
  <message>
   <source>Close m&amp;ask</source>
   <translation>M&amp;aske schließen</translation>
  </message>
  <message>
   <source>Close message</source>
   <translation>Meldung schließen</translation>
  </message>
  <message>
   <source>Close other programs, or open a smaller scan.</source>
   <translation>Andere Programme schließen oder einen kleineren Scan öffnen.</translation>
  </message>
  <message>
   <source>Close other programs.</source>
   <translation>Andere Programme schließen.</translation>
  </message>
  <message>
   <source>Close; Window brings it back</source>
   <translation>Schließen; das Menü Fenster bringt es zurück</translation>
  </message>
  <message>
   <source>Colour &amp;map</source>
   <translation>Farb&amp;palette</translation>
  </message>
  <message>
   <source>Colour map</source>
   <translation>Farbpalette</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Colours of original and reconstruction alike (Shift+Q)</source>
   <translation>Farben von Original und Rekonstruktion, beide gleich (Umschalt+Q)</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Computing…</source>
   <translation>Wird berechnet …</translation>
  </message>
  <message>
   <source>Convention</source>
   <translation>Konvention</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy all figures as text (Ctrl+C)</source>
   <translation>Alle Werte als Text kopieren (Strg+C)</translation>
  </message>
  <message>
   <source>Copy the file again.</source>
   <translation>Die Datei neu kopieren.</translation>
  </message>
  <message>
   <source>Copy the pr&amp;ofile's values</source>
   <translation>Werte des Pr&amp;ofils kopieren</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>Wird gezählt …</translation>
  </message>
  <message>
   <source>Ctrl+left-drag</source>
   <translation>Strg+links ziehen</translation>
  </message>
  <message>
   <source>Cubic</source>
   <translation>Kubisch</translation>
  </message>
  <message>
   <source>Curves of JPEG 2000 and HEVC</source>
   <translation>Kurven von JPEG 2000 und HEVC</translation>
  </message>
  <message>
   <source>DICOM series, a new folder (*)</source>
   <translation>DICOM-Serie, ein neuer Ordner (*)</translation>
  </message>
  <message>
   <source>DICOM series, headers de-identified (*)</source>
   <translation>DICOM-Serie, Köpfe de-identifiziert (*)</translation>
  </message>
  <message>
   <source>DICOM, NIfTI, NRRD, MetaImage or MGH</source>
   <translation>DICOM, NIfTI, NRRD, MetaImage oder MGH</translation>
  </message>
  <message>
   <source>DSL {rate}</source>
   <translation>DSL {rate}</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>De&amp;lete the drawing</source>
   <translation>Zeichnung &amp;löschen</translation>
  </message>
  <message>
   <source>Decoding, {channels} channels</source>
   <translation>Decodieren, {channels} Kanäle</translation>
  </message>
  <message>
   <source>Decoding, {channels} channels, slice {n} of {count}</source>
   <translation>Decodieren, {channels} Kanäle, Schicht {n} von {count}</translation>
  </message>
  <message>
   <source>Delete {name}</source>
   <translation>{name} löschen</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>Difference saved</source>
   <translation>Differenz gespeichert</translation>
  </message>
  <message>
   <source>Distance</source>
   <translation>Strecke</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Double-click</source>
   <translation>Doppelklick</translation>
  </message>
  <message>
   <source>Double-click to type a slice's number (Ctrl+G)</source>
   <translation>Doppelklicken, um die Nummer einer Schicht einzutippen (Strg+G)</translation>
  </message>
  <message>
   <source>Drag the picture from here into another program.</source>
   <translation>Das Bild von hier in ein anderes Programm ziehen.</translation>
  </message>
  <message>
   <source>Draw reconstruction − original below, with its own scale.</source>
   <translation>Rekonstruktion − Original darunter zeichnen, mit eigener Skala.</translation>
  </message>
  <message>
   <source>Draw {name}</source>
   <translation>{name} zeichnen</translation>
  </message>
  <message>
   <source>Draw; Shift keeps sides equal, or lines at 45°</source>
   <translation>Zeichnen; Umschalt hält Seiten gleich oder Linien auf 45°</translation>
  </message>
  <message>
   <source>Drawings</source>
   <translation>Zeichnungen</translation>
  </message>
  <message>
   <source>Drop a scan or a folder here</source>
   <translation>Einen Scan oder Ordner hier ablegen</translation>
  </message>
  <message>
   <source>E&amp;xport the drawings as CSV…</source>
   <translation>Zeichnungen als &amp;CSV exportieren …</translation>
  </message>
  <message>
   <source>Each point is this scan at another size, measured. Doubling the file gains {first} at the small end, {middle} in the middle and {last} at the large end. Where the curve is steep, a larger file is worth its bytes; where it is flat, it is not.</source>
   <translation>Jeder Punkt ist dieser Scan in einer anderen Größe, gemessen. Eine doppelt so große Datei bringt {first} am kleinen Ende, {middle} in der Mitte und {last} am großen Ende. Wo die Kurve steil ist, lohnen sich ihre Bytes; wo sie flach ist, nicht.</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>Encoding, {channels} channels</source>
   <translation>Codieren, {channels} Kanäle</translation>
  </message>
  <message>
   <source>Enlarge &amp;less</source>
   <translation>&amp;Weniger vergrößern</translation>
  </message>
  <message>
   <source>Enlarge &amp;more</source>
   <translation>&amp;Mehr vergrößern</translation>
  </message>
  <message>
   <source>Enlarge more or less; Shift: ten slices</source>
   <translation>Mehr oder weniger vergrößern; Umschalt: zehn Schichten</translation>
  </message>
  <message>
   <source>Enter on a picture</source>
   <translation>Eingabe auf einem Bild</translation>
  </message>
  <message>
   <source>Error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Errors</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Estimated between two encodings of this scan of other quality.</source>
   <translation>Zwischen zwei Codierungen dieses Scans mit anderer Qualität geschätzt.</translation>
  </message>
  <message>
   <source>Every byte of the file at the bottleneck that is shown.</source>
   <translation>Jedes Byte der Datei beim gezeigten Engpass.</translation>
  </message>
  <message>
   <source>Every voxel counts, the air round the patient too.</source>
   <translation>Jedes Voxel zählt, auch die Luft um den Patienten.</translation>
  </message>
  <message>
   <source>Everything is drawn anew for that many pixels, nothing is enlarged.</source>
   <translation>Alles wird für so viele Pixel neu gezeichnet, nichts wird vergrößert.</translation>
  </message>
  <message>
   <source>Expected from training scans.</source>
   <translation>Aus Trainingsscans erwartet.</translation>
  </message>
  <message>
   <source>Export the drawings</source>
   <translation>Die Zeichnungen exportieren</translation>
  </message>
  <message>
   <source>Export the profile</source>
   <translation>Das Profil exportieren</translation>
  </message>
  <message>
   <source>Export the profile as CS&amp;V…</source>
   <translation>Profil als CS&amp;V exportieren …</translation>
  </message>
  <message>
   <source>F&amp;ull screen</source>
   <translation>&amp;Vollbild</translation>
  </message>
  <message>
   <source>Figures of the selected region</source>
   <translation>Werte der gewählten Region</translation>
  </message>
  <message>
   <source>Figures saved</source>
   <translation>Werte gespeichert</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Film of</source>
   <translation>Film von</translation>
  </message>
  <message>
   <source>Film saved</source>
   <translation>Film gespeichert</translation>
  </message>
  <message>
   <source>Filter by description, modality or size</source>
   <translation>Nach Beschreibung, Modalität oder Größe filtern</translation>
  </message>
  <message>
   <source>Filter series</source>
   <translation>Serien filtern</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Find a &amp;command…</source>
   <translation>Einen &amp;Befehl suchen …</translation>
  </message>
  <message>
   <source>Find a command</source>
   <translation>Einen Befehl suchen</translation>
  </message>
  <message>
   <source>Find a key or what it does</source>
   <translation>Eine Taste suchen, oder was sie tut</translation>
  </message>
  <message>
   <source>First slice</source>
   <translation>Erste Schicht</translation>
  </message>
  <message>
   <source>Flicker</source>
   <translation>Wechselbild</translation>
  </message>
  <message>
   <source>Flicker on and off</source>
   <translation>Wechselbild ein und aus</translation>
  </message>
  <message>
   <source>Flicker rate</source>
   <translation>Wechselrate</translation>
  </message>
  <message>
   <source>Float, or put back</source>
   <translation>Lösen oder zurückstellen</translation>
  </message>
  <message>
   <source>Follow pointer</source>
   <translation>Zeiger folgen</translation>
  </message>
  <message>
   <source>Foreground</source>
   <translation>Vordergrund</translation>
  </message>
  <message>
   <source>Forget the recent scans. No file is deleted.</source>
   <translation>Die zuletzt geöffneten Scans vergessen. Keine Datei wird gelöscht.</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Frame {n} of {count}</source>
   <translation>Einzelbild {n} von {count}</translation>
  </message>
  <message>
   <source>Freehand</source>
   <translation>Freihand</translation>
  </message>
  <message>
   <source>From the lower to the upper end</source>
   <translation>Vom unteren zum oberen Ende</translation>
  </message>
  <message>
   <source>From the lower to the upper percentile of the original's voxels (Shift+0)</source>
   <translation>Vom unteren zum oberen Perzentil der Voxel des Originals (Umschalt+0)</translation>
  </message>
  <message>
   <source>Full range</source>
   <translation>Voller Bereich</translation>
  </message>
  <message>
   <source>Gaussian window, σ 1.5 voxels, by slice; the volume is the mean over slices. Peak: {peak}. Same as scikit-image, to 1e-6.</source>
   <translation>Gauß-Fenster, σ 1,5 Voxel, je Schicht; das Volumen ist das Mittel über die Schichten. Spitze: {peak}. Wie scikit-image, auf 1e-6 genau.</translation>
  </message>
  <message>
   <source>Go to the slice with the lowest PSNR (N)</source>
   <translation>Zur Schicht mit dem niedrigsten PSNR gehen (N)</translation>
  </message>
  <message>
   <source>Graphics card (Apple)</source>
   <translation>Grafikkarte (Apple)</translation>
  </message>
  <message>
   <source>Graphics card (CUDA)</source>
   <translation>Grafikkarte (CUDA)</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Grau</translation>
  </message>
  <message>
   <source>Groups of voxels that touch where the error, averaged over 5 × 5 voxels, is larger than in 99.9 % of the foreground; ranked by mean error × size. Enter, or a click, goes there.</source>
   <translation>Gruppen sich berührender Voxel, wo der Fehler, über 5 × 5 Voxel gemittelt, größer ist als in 99,9 % des Vordergrunds; geordnet nach mittlerem Fehler × Größe. Eingabe oder ein Klick führt dorthin.</translation>
  </message>
  <message>
   <source>Guided demo, step {n} of {count}: {title}</source>
   <translation>Geführte Demo, Schritt {n} von {count}: {title}</translation>
  </message>
  <message>
   <source>Haar wavelet-based perceptual similarity, mean over all slices.</source>
   <translation>Wahrnehmungsnahe Ähnlichkeit mit Haar-Wavelets, Mittel über alle Schichten.</translation>
  </message>
  <message>
   <source>Haar wavelet-based perceptual similarity: how alike edges look. 1 is identical.</source>
   <translation>Wahrnehmungsnahe Ähnlichkeit mit Haar-Wavelets: wie gleich Kanten aussehen. 1 ist identisch.</translation>
  </message>
  <message>
   <source>Handles and cards jump instead of gliding.</source>
   <translation>Griffe und Karten springen, statt zu gleiten.</translation>
  </message>
  <message>
   <source>Highest value of the region's voxels.</source>
   <translation>Höchster Wert der Voxel der Region.</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Histogram and window</source>
   <translation>Histogramm und Fensterung</translation>
  </message>
  <message>
   <source>Histogram of errors</source>
   <translation>Histogramm der Fehler</translation>
  </message>
  <message>
   <source>Hold Space</source>
   <translation>Leertaste halten</translation>
  </message>
  <message>
   <source>Holds from the next start on.</source>
   <translation>Gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>How large text and the bars that hold it are. Holds from the next start on.</source>
   <translation>Wie groß Text und die Leisten sind, die ihn tragen. Gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>How many times a second flicker shows both pictures. Above 3 Hz, flashing can harm.</source>
   <translation>Wie oft je Sekunde das Wechselbild beide Bilder zeigt. Über 3 Hz kann Blitzen schaden.</translation>
  </message>
  <message>
   <source>How much a drag changes the window.</source>
   <translation>Wie viel ein Zug die Fensterung ändert.</translation>
  </message>
  <message>
   <source>How often each error occurs in the volume's foreground, reconstruction − original; counts on a logarithmic axis. Mean {mean}, SD {sd}, 1st and 99th percentile {low} and {high}. Left of 0 was removed, right of it added.</source>
   <translation>Wie oft jeder Fehler im Vordergrund des Volumens vorkommt, Rekonstruktion − Original; Anzahlen auf logarithmischer Achse. Mittel {mean}, SD {sd}, 1. und 99. Perzentil {low} und {high}. Links von 0 wurde entfernt, rechts davon hinzugefügt.</translation>
  </message>
  <message>
   <source>How opaque areas are; at the left only outlines are drawn</source>
   <translation>Wie deckend Flächen sind; ganz links werden nur Umrisse gezeichnet</translation>
  </message>
  <message>
   <source>How the curve bends</source>
   <translation>Wie die Kurve sich biegt</translation>
  </message>
  <message>
   <source>How voxels become pixels, in every pane alike.</source>
   <translation>Wie aus Voxeln Pixel werden, in allen Bildern gleich.</translation>
  </message>
  <message>
   <source>In&amp;vert greys</source>
   <translation>Graustufen in&amp;vertieren</translation>
  </message>
  <message>
   <source>Install Isthmus again, or copy the file again.</source>
   <translation>Isthmus neu installieren oder die Datei neu kopieren.</translation>
  </message>
  <message>
   <source>Install Isthmus again.</source>
   <translation>Isthmus neu installieren.</translation>
  </message>
  <message>
   <source>Interpolation</source>
   <translation>Interpolation</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Invertieren</translation>
  </message>
  <message>
   <source>Isthmus</source>
   <translation>Isthmus</translation>
  </message>
  <message>
   <source>Isthmus is not a medical device.</source>
   <translation>Isthmus ist kein Medizinprodukt.</translation>
  </message>
  <message>
   <source>Isthmus is not a medical device. Reconstructions are lossy: they can lose what was there and show what was not. The display is not calibrated.</source>
   <translation>Isthmus ist kein Medizinprodukt. Rekonstruktionen sind verlustbehaftet: Sie können verlieren, was da war, und zeigen, was nicht da war. Die Anzeige ist nicht kalibriert.</translation>
  </message>
  <message>
   <source>Isthmus itself is under the MIT licence.</source>
   <translation>Isthmus selbst steht unter der MIT-Lizenz.</translation>
  </message>
  <message>
   <source>Isthmus, {count} ch</source>
   <translation>Isthmus, {count} Kan.</translation>
  </message>
  <message>
   <source>Its model, {model}, is not installed.</source>
   <translation>Ihr Modell, {model}, ist nicht installiert.</translation>
  </message>
  <message>
   <source>JPEG 2000</source>
   <translation>JPEG 2000</translation>
  </message>
  <message>
   <source>JPEG 2000 and HEVC are really encoded from this whole scan, once everything else is known. Press to take their curves away.</source>
   <translation>JPEG 2000 und HEVC werden aus diesem ganzen Scan wirklich codiert, sobald alles andere bekannt ist. Drücken, um ihre Kurven wegzunehmen.</translation>
  </message>
  <message>
   <source>JPEG 2000, HEVC</source>
   <translation>JPEG 2000, HEVC</translation>
  </message>
  <message>
   <source>JPEG 2000, {quality}</source>
   <translation>JPEG 2000, {quality}</translation>
  </message>
  <message>
   <source>Kind of difference (Y)</source>
   <translation>Art der Differenz (Y)</translation>
  </message>
  <message>
   <source>Known at second hand only: the body's own words were not seen.</source>
   <translation>Nur aus zweiter Hand bekannt: Der Wortlaut des Gremiums lag nicht vor.</translation>
  </message>
  <message>
   <source>LOSSY {ratio} · {channels} ch</source>
   <translation>LOSSY {ratio} · {channels} Kan.</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Label</translation>
  </message>
  <message>
   <source>Label maps</source>
   <translation>Labelkarten</translation>
  </message>
  <message>
   <source>Label {number}</source>
   <translation>Label {number}</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>Labels</translation>
  </message>
  <message>
   <source>Labels by their number in the file. A tick shows one; Space sets it. Volume: voxels times the size of one. Bold: the label that the cursor lies in.</source>
   <translation>Labels mit ihrer Nummer in der Datei. Ein Haken zeigt eines; die Leertaste setzt ihn. Volumen: Voxel mal Größe eines Voxels. Fett: das Label, in dem der Cursor liegt.</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Last slice</source>
   <translation>Letzte Schicht</translation>
  </message>
  <message>
   <source>Latent channels</source>
   <translation>Latente Kanäle</translation>
  </message>
  <message>
   <source>Latent map</source>
   <translation>Latente Karte</translation>
  </message>
  <message>
   <source>Latent map and more</source>
   <translation>Latente Karte und mehr</translation>
  </message>
  <message>
   <source>Lay a label map on the same grid over the scan (Ctrl+M, or Shift while dropping)</source>
   <translation>Eine Labelkarte auf demselben Gitter über den Scan legen (Strg+M, oder Umschalt beim Ablegen)</translation>
  </message>
  <message>
   <source>Leave the demo (Esc)</source>
   <translation>Die Demo verlassen (Esc)</translation>
  </message>
  <message>
   <source>Leave the demo (Right)</source>
   <translation>Die Demo verlassen (Rechts)</translation>
  </message>
  <message>
   <source>Left &amp;button</source>
   <translation>Linke &amp;Taste</translation>
  </message>
  <message>
   <source>Left-drag</source>
   <translation>Links ziehen</translation>
  </message>
  <message>
   <source>Left-drag, or clicks, with a tool</source>
   <translation>Links ziehen, oder Klicks, mit einem Werkzeug</translation>
  </message>
  <message>
   <source>Let the demo go on by itself</source>
   <translation>Die Demo von selbst weiterlaufen lassen</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>Leitung</translation>
  </message>
  <message>
   <source>Line &amp;profile</source>
   <translation>Linien&amp;profil</translation>
  </message>
  <message>
   <source>Line lying</source>
   <translation>Linie waagrecht</translation>
  </message>
  <message>
   <source>Line upright</source>
   <translation>Linie senkrecht</translation>
  </message>
  <message>
   <source>Linear</source>
   <translation>Linear</translation>
  </message>
  <message>
   <source>Linear between the centres of voxels. Point, or use the arrow keys, to read off.</source>
   <translation>Linear zwischen den Mitten der Voxel. Zum Ablesen zeigen oder die Pfeiltasten benutzen.</translation>
  </message>
  <message>
   <source>Liver</source>
   <translation>Leber</translation>
  </message>
  <message>
   <source>Loading the model</source>
   <translation>Das Modell wird geladen</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>Das Modell wird geladen …</translation>
  </message>
  <message>
   <source>Locate…</source>
   <translation>Suchen …</translation>
  </message>
  <message>
   <source>Looked for it here:
{places}

Point to it, and the session opens as it was.</source>
   <translation>Hier wurde gesucht:
{places}

Wenn der Scan gezeigt wird, öffnet sich die Sitzung, wie sie war.</translation>
  </message>
  <message>
   <source>Looked for when the reconstruction is whole.</source>
   <translation>Wird gesucht, wenn die Rekonstruktion ganz da ist.</translation>
  </message>
  <message>
   <source>Looking at file {n} of {count}</source>
   <translation>Datei {n} von {count} wird angesehen</translation>
  </message>
  <message>
   <source>Lossless</source>
   <translation>Verlustfrei</translation>
  </message>
  <message>
   <source>Lossless, {codec}</source>
   <translation>Verlustfrei, {codec}</translation>
  </message>
  <message>
   <source>Lower end</source>
   <translation>Unteres Ende</translation>
  </message>
  <message>
   <source>Lower percentile</source>
   <translation>Unteres Perzentil</translation>
  </message>
  <message>
   <source>Lower the quality floor</source>
   <translation>Die Qualitätsgrenze senken</translation>
  </message>
  <message>
   <source>Lowest value of the region's voxels.</source>
   <translation>Niedrigster Wert der Voxel der Region.</translation>
  </message>
  <message>
   <source>Lowest: {n}</source>
   <translation>Tiefste: {n}</translation>
  </message>
  <message>
   <source>Lowest: {n}, {figure}</source>
   <translation>Tiefste: {n}, {figure}</translation>
  </message>
  <message>
   <source>Lung</source>
   <translation>Lunge</translation>
  </message>
  <message>
   <source>MAE</source>
   <translation>MAE</translation>
  </message>
  <message>
   <source>MP4 needs PyAV: pip install 'isthmus[video]'.</source>
   <translation>MP4 braucht PyAV: pip install 'isthmus[video]'.</translation>
  </message>
  <message>
   <source>Magnifier</source>
   <translation>Lupe</translation>
  </message>
  <message>
   <source>Mapping the latent</source>
   <translation>Die latente Karte entsteht</translation>
  </message>
  <message>
   <source>Masks</source>
   <translation>Masken</translation>
  </message>
  <message>
   <source>Max</source>
   <translation>Max</translation>
  </message>
  <message>
   <source>Max error</source>
   <translation>Größter Fehler</translation>
  </message>
  <message>
   <source>Maximise this pane</source>
   <translation>Dieses Feld vergrößern</translation>
  </message>
  <message>
   <source>Maximum error: how far the worst voxel is off. 0 is identical.</source>
   <translation>Größter Fehler: wie weit das schlechteste Voxel daneben liegt. 0 ist identisch.</translation>
  </message>
  <message>
   <source>Maximum of |reconstruction − original| over the region.</source>
   <translation>Maximum von |Rekonstruktion − Original| über die Region.</translation>
  </message>
  <message>
   <source>Maximum of |reconstruction − original|, in the scan's own units.</source>
   <translation>Maximum von |Rekonstruktion − Original|, in den Einheiten des Scans.</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>Mean absolute error: how far a voxel is off on average. 0 is identical.</source>
   <translation>Mittlerer absoluter Fehler: wie weit ein Voxel im Mittel daneben liegt. 0 ist identisch.</translation>
  </message>
  <message>
   <source>Mean error</source>
   <translation>Mittlerer Fehler</translation>
  </message>
  <message>
   <source>Mean of reconstruction − original over the region: what became brighter is above 0.</source>
   <translation>Mittel von Rekonstruktion − Original über die Region: Was heller wurde, ist über 0.</translation>
  </message>
  <message>
   <source>Mean of the region's voxels.</source>
   <translation>Mittel der Voxel der Region.</translation>
  </message>
  <message>
   <source>Mean of the slice's SSIM map over the region's voxels. Gaussian window, σ 1.5 voxels: it reaches 5 voxels beyond the region. Peak as for PSNR.</source>
   <translation>Mittel der SSIM-Karte der Schicht über die Voxel der Region. Gauß-Fenster, σ 1,5 Voxel: Es reicht 5 Voxel über die Region hinaus. Spitze wie beim PSNR.</translation>
  </message>
  <message>
   <source>Mean of |reconstruction − original| over the region, in the scan's own units.</source>
   <translation>Mittel von |Rekonstruktion − Original| über die Region, in den Einheiten des Scans.</translation>
  </message>
  <message>
   <source>Mean of |reconstruction − original|, in the scan's own units.</source>
   <translation>Mittel von |Rekonstruktion − Original|, in den Einheiten des Scans.</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Maß</translation>
  </message>
  <message>
   <source>Measure of the curve: {measure}</source>
   <translation>Maß der Kurve: {measure}</translation>
  </message>
  <message>
   <source>Measured here.</source>
   <translation>Hier gemessen.</translation>
  </message>
  <message>
   <source>Measured on this scan.</source>
   <translation>An diesem Scan gemessen.</translation>
  </message>
  <message>
   <source>Measured when the reconstruction is whole.</source>
   <translation>Wird gemessen, wenn die Rekonstruktion ganz da ist.</translation>
  </message>
  <message>
   <source>Measuring quality</source>
   <translation>Die Qualität wird gemessen</translation>
  </message>
  <message>
   <source>Measuring slices</source>
   <translation>Schichten werden gemessen</translation>
  </message>
  <message>
   <source>Mediastinum</source>
   <translation>Mediastinum</translation>
  </message>
  <message>
   <source>Memory for reconstructions</source>
   <translation>Speicher für Rekonstruktionen</translation>
  </message>
  <message>
   <source>Messages</source>
   <translation>Meldungen</translation>
  </message>
  <message>
   <source>Middle-drag, Shift+left-drag</source>
   <translation>Mitte ziehen, Umschalt+links ziehen</translation>
  </message>
  <message>
   <source>Min</source>
   <translation>Min</translation>
  </message>
  <message>
   <source>Model: {model}</source>
   <translation>Modell: {model}</translation>
  </message>
  <message>
   <source>Mouse</source>
   <translation>Maus</translation>
  </message>
  <message>
   <source>Move {name}</source>
   <translation>{name} verschieben</translation>
  </message>
  <message>
   <source>NIfTI (*.nii.gz)</source>
   <translation>NIfTI (*.nii.gz)</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Narrow</source>
   <translation>Eng</translation>
  </message>
  <message>
   <source>Nearest</source>
   <translation>Nächster Nachbar</translation>
  </message>
  <message>
   <source>Neuro</source>
   <translation>Neuro</translation>
  </message>
  <message>
   <source>Neurological</source>
   <translation>Neurologisch</translation>
  </message>
  <message>
   <source>Neurological: left is left</source>
   <translation>Neurologisch: links ist links</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Next comparison</source>
   <translation>Nächster Vergleich</translation>
  </message>
  <message>
   <source>Next kind of difference</source>
   <translation>Nächste Art der Differenz</translation>
  </message>
  <message>
   <source>Next layout</source>
   <translation>Nächste Anordnung</translation>
  </message>
  <message>
   <source>Next or previous slice; with Shift, ten</source>
   <translation>Nächste oder vorige Schicht; mit Umschalt zehn</translation>
  </message>
  <message>
   <source>No command is called that.</source>
   <translation>So heißt kein Befehl.</translation>
  </message>
  <message>
   <source>No key does that.</source>
   <translation>Keine Taste tut das.</translation>
  </message>
  <message>
   <source>No map yet</source>
   <translation>Noch keine Karte</translation>
  </message>
  <message>
   <source>No mask is open. Open a label map that lies on the scan's grid, or drop one on the window while Shift is held.</source>
   <translation>Keine Maske ist geöffnet. Eine Labelkarte öffnen, die auf dem Gitter des Scans liegt, oder eine bei gehaltener Umschalttaste auf dem Fenster ablegen.</translation>
  </message>
  <message>
   <source>No messages yet.</source>
   <translation>Noch keine Meldungen.</translation>
  </message>
  <message>
   <source>No model</source>
   <translation>Kein Modell</translation>
  </message>
  <message>
   <source>No place is worse than others.</source>
   <translation>Keine Stelle ist schlechter als andere.</translation>
  </message>
  <message>
   <source>No profile</source>
   <translation>Kein Profil</translation>
  </message>
  <message>
   <source>No profile is drawn yet. Press K, then drag a line across what is to be compared.</source>
   <translation>Noch kein Profil gezeichnet. K drücken, dann eine Linie über das ziehen, was verglichen werden soll.</translation>
  </message>
  <message>
   <source>No reconstruction yet</source>
   <translation>Noch keine Rekonstruktion</translation>
  </message>
  <message>
   <source>No stop reaches {level} on this scan.</source>
   <translation>Keine Stufe erreicht {level} mit diesem Scan.</translation>
  </message>
  <message>
   <source>Normalised root mean squared error: the error against the range. 0 is identical.</source>
   <translation>Normierte Wurzel des mittleren quadratischen Fehlers: der Fehler gemessen am Bereich. 0 ist identisch.</translation>
  </message>
  <message>
   <source>Not known yet.</source>
   <translation>Noch nicht bekannt.</translation>
  </message>
  <message>
   <source>Not volumes</source>
   <translation>Keine Volumen</translation>
  </message>
  <message>
   <source>Not yet</source>
   <translation>Noch nicht</translation>
  </message>
  <message>
   <source>Nothing is drawn yet. Choose a tool, then drag on a picture, or press Enter there.</source>
   <translation>Noch nichts gezeichnet. Ein Werkzeug wählen, dann auf einem Bild ziehen oder dort Eingabe drücken.</translation>
  </message>
  <message>
   <source>Nothing is pinned. P pins the bottleneck that is shown.</source>
   <translation>Nichts ist angeheftet. P heftet den gezeigten Engpass an.</translation>
  </message>
  <message>
   <source>Notice</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>One large pane</source>
   <translation>Ein großes Bild</translation>
  </message>
  <message>
   <source>One pane alone, and back</source>
   <translation>Ein Bild allein, und zurück</translation>
  </message>
  <message>
   <source>One slab of the demo scan, decoded just now. The ratio is expected of the whole file, not measured yet.</source>
   <translation>Ein Schichtblock des Demo-Scans, gerade decodiert. Das Verhältnis ist für die ganze Datei erwartet, noch nicht gemessen.</translation>
  </message>
  <message>
   <source>One slab: no path</source>
   <translation>Ein Schichtblock: kein Weg</translation>
  </message>
  <message>
   <source>One-minute demo</source>
   <translation>Demo in einer Minute</translation>
  </message>
  <message>
   <source>Only the patient counts: voxels more than 10 % above the bottom of the range from the 2nd to the 98th percentile of the original volume, and what they enclose in their slice. In means over slices, each weighs as much as voxels of it count.</source>
   <translation>Nur der Patient zählt: Voxel, die mehr als 10 % über dem unteren Ende des Bereichs vom 2. bis zum 98. Perzentil des Originalvolumens liegen, und was sie in ihrer Schicht einschließen. In Mitteln über Schichten wiegt jede so viel, wie Voxel von ihr zählen.</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <source>Opacity of the mask</source>
   <translation>Deckkraft der Maske</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open &amp;demo scan</source>
   <translation>&amp;Demo-Scan öffnen</translation>
  </message>
  <message>
   <source>Open &amp;folder…</source>
   <translation>&amp;Ordner öffnen …</translation>
  </message>
  <message>
   <source>Open &amp;mask…</source>
   <translation>&amp;Maske öffnen …</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>&amp;Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Open a folder with DICOM files</source>
   <translation>Einen Ordner mit DICOM-Dateien öffnen</translation>
  </message>
  <message>
   <source>Open a folder with a DICOM series (Ctrl+Shift+O)</source>
   <translation>Einen Ordner mit einer DICOM-Serie öffnen (Strg+Umschalt+O)</translation>
  </message>
  <message>
   <source>Open a mask</source>
   <translation>Eine Maske öffnen</translation>
  </message>
  <message>
   <source>Open a scan</source>
   <translation>Einen Scan öffnen</translation>
  </message>
  <message>
   <source>Open a scan, or a session (Ctrl+O)</source>
   <translation>Einen Scan oder eine Sitzung öffnen (Strg+O)</translation>
  </message>
  <message>
   <source>Open a session</source>
   <translation>Eine Sitzung öffnen</translation>
  </message>
  <message>
   <source>Open file…</source>
   <translation>Datei öffnen …</translation>
  </message>
  <message>
   <source>Open folder…</source>
   <translation>Ordner öffnen …</translation>
  </message>
  <message>
   <source>Open it as a mask over the scan</source>
   <translation>Sie als Maske über dem Scan öffnen</translation>
  </message>
  <message>
   <source>Open s&amp;ession…</source>
   <translation>S&amp;itzung öffnen …</translation>
  </message>
  <message>
   <source>Open the demo scan and be led through it (F1)</source>
   <translation>Den Demo-Scan öffnen und durch ihn geführt werden (F1)</translation>
  </message>
  <message>
   <source>Opens as soon as every file has been looked at</source>
   <translation>Öffnet sich, sobald jede Datei angesehen ist</translation>
  </message>
  <message>
   <source>Original</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>Original and reconstruction</source>
   <translation>Original und Rekonstruktion</translation>
  </message>
  <message>
   <source>Original and two reconstructions</source>
   <translation>Original und zwei Rekonstruktionen</translation>
  </message>
  <message>
   <source>Original {size}</source>
   <translation>Original {size}</translation>
  </message>
  <message>
   <source>Original, a solid line</source>
   <translation>Original, eine durchgezogene Linie</translation>
  </message>
  <message>
   <source>Over a line of {rate} Mbit/s the stored scan takes {before}, this file {after}. Whether what was lost matters is yours to judge: slide along the curve, and press N for the slice that suffered most.</source>
   <translation>Auf einer Leitung von {rate} Mbit/s braucht der gespeicherte Scan {before}, diese Datei {after}. Ob zählt, was verloren ging, ist Ihr Urteil: die Kurve entlangfahren, und N führt zur Schicht, die am meisten litt.</translation>
  </message>
  <message>
   <source>Own line</source>
   <translation>Eigene Leitung</translation>
  </message>
  <message>
   <source>Own window</source>
   <translation>Eigene Fensterung</translation>
  </message>
  <message>
   <source>PCA of slabs · {first} + {second} of variance</source>
   <translation>PCA der Schichtblöcke · {first} + {second} der Varianz</translation>
  </message>
  <message>
   <source>PNG picture</source>
   <translation>PNG-Bild</translation>
  </message>
  <message>
   <source>PSNR</source>
   <translation>PSNR</translation>
  </message>
  <message>
   <source>PSNR of this scan, dB</source>
   <translation>PSNR dieses Scans, dB</translation>
  </message>
  <message>
   <source>PSNR, dB</source>
   <translation>PSNR, dB</translation>
  </message>
  <message>
   <source>Pan</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <source>Part of the scan</source>
   <translation>Teil des Scans</translation>
  </message>
  <message>
   <source>Part of the scan that is shown (PgUp, PgDown)</source>
   <translation>Gezeigter Teil des Scans (Bild auf, Bild ab)</translation>
  </message>
  <message>
   <source>Passing over earlier volumes</source>
   <translation>Frühere Volumen werden übergangen</translation>
  </message>
  <message>
   <source>Patient and dates are hidden.</source>
   <translation>Patient und Daten sind verborgen.</translation>
  </message>
  <message>
   <source>Peak signal-to-noise ratio of the whole volume; the peak is maximum − minimum of the original.</source>
   <translation>Spitzen-Signal-Rausch-Verhältnis des ganzen Volumens; die Spitze ist Maximum − Minimum des Originals.</translation>
  </message>
  <message>
   <source>Peak signal-to-noise ratio: more is closer to the original, ∞ is identical.</source>
   <translation>Spitzen-Signal-Rausch-Verhältnis: mehr ist näher am Original, ∞ ist identisch.</translation>
  </message>
  <message>
   <source>Peak: {peak}.</source>
   <translation>Spitze: {peak}.</translation>
  </message>
  <message>
   <source>Percent of the volume's voxels below an automatic window's end</source>
   <translation>Prozent der Voxel des Volumens unter dem Ende einer automatischen Fensterung</translation>
  </message>
  <message>
   <source>Picture of</source>
   <translation>Bild von</translation>
  </message>
  <message>
   <source>Picture saved</source>
   <translation>Bild gespeichert</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Pin this bottleneck</source>
   <translation>Diesen Engpass anheften</translation>
  </message>
  <message>
   <source>Pinned</source>
   <translation>Angeheftet</translation>
  </message>
  <message>
   <source>Pinned beside the original</source>
   <translation>Angehefteter neben dem Original</translation>
  </message>
  <message>
   <source>Pixels, in times those of the screen</source>
   <translation>Pixel, als Vielfaches derer des Bildschirms</translation>
  </message>
  <message>
   <source>Pla&amp;y the slices</source>
   <translation>Schichten ab&amp;spielen</translation>
  </message>
  <message>
   <source>Plane</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <source>Plane of the panes (Alt+X, Alt+Y, Alt+Z)</source>
   <translation>Ebene der Bilder (Alt+X, Alt+Y, Alt+Z)</translation>
  </message>
  <message>
   <source>Play back and &amp;forth</source>
   <translation>&amp;Hin und her abspielen</translation>
  </message>
  <message>
   <source>Play f&amp;aster</source>
   <translation>Schn&amp;eller abspielen</translation>
  </message>
  <message>
   <source>Play slo&amp;wer</source>
   <translation>&amp;Langsamer abspielen</translation>
  </message>
  <message>
   <source>Point to it…</source>
   <translation>Zeigen, wo …</translation>
  </message>
  <message>
   <source>Position, mm</source>
   <translation>Position, mm</translation>
  </message>
  <message>
   <source>Pre&amp;vious drawing</source>
   <translation>&amp;Vorige Zeichnung</translation>
  </message>
  <message>
   <source>Preparing the entropy coder</source>
   <translation>Der Entropiecodierer wird vorbereitet</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Voreinstellungen</translation>
  </message>
  <message>
   <source>Press to draw another measure.</source>
   <translation>Drücken, um ein anderes Maß zu zeichnen.</translation>
  </message>
  <message>
   <source>Press to encode this whole scan by JPEG 2000 and HEVC too, once everything else is known, and to draw their curves.</source>
   <translation>Drücken, um diesen ganzen Scan auch mit JPEG 2000 und HEVC zu codieren, sobald alles andere bekannt ist, und ihre Kurven zu zeichnen.</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <source>Previous comparison</source>
   <translation>Voriger Vergleich</translation>
  </message>
  <message>
   <source>Previous layout</source>
   <translation>Vorige Anordnung</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Prozessor (CPU)</translation>
  </message>
  <message>
   <source>Profile</source>
   <translation>Profil</translation>
  </message>
  <message>
   <source>Profile of both pictures along the line</source>
   <translation>Profil beider Bilder entlang der Linie</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Put the cursor there, in all three planes</source>
   <translation>Den Cursor dorthin setzen, in allen drei Ebenen</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Qualität</translation>
  </message>
  <message>
   <source>Quality slice by slice</source>
   <translation>Qualität Schicht für Schicht</translation>
  </message>
  <message>
   <source>Quality: all measures</source>
   <translation>Qualität: alle Maße</translation>
  </message>
  <message>
   <source>Radiological</source>
   <translation>Radiologisch</translation>
  </message>
  <message>
   <source>Radiological: the patient's right is at the left of the picture.</source>
   <translation>Radiologisch: Die rechte Seite des Patienten ist links im Bild.</translation>
  </message>
  <message>
   <source>Raise the quality floor</source>
   <translation>Die Qualitätsgrenze heben</translation>
  </message>
  <message>
   <source>Range {span}: maximum − minimum of the volume</source>
   <translation>Bereich {span}: Maximum − Minimum des Volumens</translation>
  </message>
  <message>
   <source>Rate of your own line, in megabits a second</source>
   <translation>Rate der eigenen Leitung, in Megabit je Sekunde</translation>
  </message>
  <message>
   <source>Rate of your own line; a megabit is a million bits.</source>
   <translation>Rate der eigenen Leitung; ein Megabit sind eine Million Bits.</translation>
  </message>
  <message>
   <source>Ratio</source>
   <translation>Verhältnis</translation>
  </message>
  <message>
   <source>Reached: {rate}</source>
   <translation>Erreicht: {rate}</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Wird gelesen</translation>
  </message>
  <message>
   <source>Reading rooms are dark, so dark is usual. Pictures stand on black in both.</source>
   <translation>Befundungsräume sind dunkel, darum ist dunkel üblich. Bilder stehen in beiden auf Schwarz.</translation>
  </message>
  <message>
   <source>Reading slab {n} of {count}</source>
   <translation>Schichtblock {n} von {count} wird gelesen</translation>
  </message>
  <message>
   <source>Reading slice {n} of {count}</source>
   <translation>Schicht {n} von {count} wird gelesen</translation>
  </message>
  <message>
   <source>Reading the file</source>
   <translation>Die Datei wird gelesen</translation>
  </message>
  <message>
   <source>Reading the scan…</source>
   <translation>Der Scan wird gelesen …</translation>
  </message>
  <message>
   <source>Really encoded from this scan; it came back with a PSNR of {reached}.</source>
   <translation>Aus diesem Scan wirklich codiert; er kam mit einem PSNR von {reached} zurück.</translation>
  </message>
  <message>
   <source>Really encoded, slice by slice, and decoded to the same voxels: {sizes}.</source>
   <translation>Wirklich codiert, Schicht für Schicht, und zu denselben Voxeln decodiert: {sizes}.</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Reconstructing…</source>
   <translation>Rekonstruktion entsteht …</translation>
  </message>
  <message>
   <source>Reconstruction</source>
   <translation>Rekonstruktion</translation>
  </message>
  <message>
   <source>Reconstruction against original</source>
   <translation>Rekonstruktion gegen Original</translation>
  </message>
  <message>
   <source>Reconstruction saved</source>
   <translation>Rekonstruktion gespeichert</translation>
  </message>
  <message>
   <source>Reconstruction, a dashed line</source>
   <translation>Rekonstruktion, eine gestrichelte Linie</translation>
  </message>
  <message>
   <source>Reconstruction: not whole yet</source>
   <translation>Rekonstruktion: noch nicht ganz</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Reduce motion</source>
   <translation>Weniger Bewegung</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Reisenhofer et al. 2018, C 30, α 4.2; {peak}, becomes 0–255. By slice; the volume is the mean over slices. Of 35 measures it was among the four closest to radiologists' judgement on MRI (Kastryulin et al. 2023).</source>
   <translation>Reisenhofer u. a. 2018, C 30, α 4,2; {peak}, wird zu 0–255. Je Schicht; das Volumen ist das Mittel über die Schichten. Von 35 Maßen war es unter den vier, die dem Urteil von Radiologen bei MRT am nächsten kamen (Kastryulin u. a. 2023).</translation>
  </message>
  <message>
   <source>Relative to noise</source>
   <translation>Relativ zum Rauschen</translation>
  </message>
  <message>
   <source>Removed</source>
   <translation>Entfernt</translation>
  </message>
  <message>
   <source>Removed and added apart</source>
   <translation>Entfernt und hinzugefügt getrennt</translation>
  </message>
  <message>
   <source>Rena&amp;me the drawing…</source>
   <translation>Zeichnung um&amp;benennen …</translation>
  </message>
  <message>
   <source>Rename {name}</source>
   <translation>{name} umbenennen</translation>
  </message>
  <message>
   <source>Research use. Not for diagnosis.</source>
   <translation>Nur für Forschung. Nicht zur Diagnose.</translation>
  </message>
  <message>
   <source>Right-button windowing</source>
   <translation>Fensterung rechts</translation>
  </message>
  <message>
   <source>Right-drag, Ctrl+wheel</source>
   <translation>Rechts ziehen, Strg+Mausrad</translation>
  </message>
  <message>
   <source>Root of the mean squared error ∕ peak. Peak: {peak}. It says the same as PSNR.</source>
   <translation>Wurzel des mittleren quadratischen Fehlers ∕ Spitze. Spitze: {peak}. Sagt dasselbe wie das PSNR.</translation>
  </message>
  <message>
   <source>SD</source>
   <translation>SD</translation>
  </message>
  <message>
   <source>SIMULATED</source>
   <translation>SIMULIERT</translation>
  </message>
  <message>
   <source>SNR</source>
   <translation>SNR</translation>
  </message>
  <message>
   <source>SOURCE LOSSY</source>
   <translation>QUELLE LOSSY</translation>
  </message>
  <message>
   <source>SSIM</source>
   <translation>SSIM</translation>
  </message>
  <message>
   <source>SSIM map</source>
   <translation>SSIM-Karte</translation>
  </message>
  <message>
   <source>Save &amp;figures…</source>
   <translation>&amp;Werte speichern …</translation>
  </message>
  <message>
   <source>Save &amp;picture…</source>
   <translation>&amp;Bild speichern …</translation>
  </message>
  <message>
   <source>Save a film</source>
   <translation>Einen Film speichern</translation>
  </message>
  <message>
   <source>Save a picture</source>
   <translation>Ein Bild speichern</translation>
  </message>
  <message>
   <source>Save all figures with their definitions, as CSV or JSON</source>
   <translation>Alle Werte mit ihren Definitionen speichern, als CSV oder JSON</translation>
  </message>
  <message>
   <source>Save as DICOM</source>
   <translation>Als DICOM speichern</translation>
  </message>
  <message>
   <source>Save d&amp;ifference…</source>
   <translation>D&amp;ifferenz speichern …</translation>
  </message>
  <message>
   <source>Save every bottleneck and standard codec on this scan as a table: bytes, ratio, bits per voxel, PSNR, SSIM.</source>
   <translation>Jeden Engpass und Standardcodec an diesem Scan als Tabelle speichern: Bytes, Verhältnis, Bits je Voxel, PSNR, SSIM.</translation>
  </message>
  <message>
   <source>Save figures</source>
   <translation>Werte speichern</translation>
  </message>
  <message>
   <source>Save fil&amp;m…</source>
   <translation>Fil&amp;m speichern …</translation>
  </message>
  <message>
   <source>Save re&amp;construction…</source>
   <translation>&amp;Rekonstruktion speichern …</translation>
  </message>
  <message>
   <source>Save session…</source>
   <translation>Sitzung speichern …</translation>
  </message>
  <message>
   <source>Save the difference</source>
   <translation>Die Differenz speichern</translation>
  </message>
  <message>
   <source>Save the reconstruction</source>
   <translation>Die Rekonstruktion speichern</translation>
  </message>
  <message>
   <source>Save the session</source>
   <translation>Die Sitzung speichern</translation>
  </message>
  <message>
   <source>Save the table of operating points</source>
   <translation>Die Tabelle der Arbeitspunkte speichern</translation>
  </message>
  <message>
   <source>Save the table of operating points as CSV</source>
   <translation>Die Tabelle der Arbeitspunkte als CSV speichern</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>Gespeichert</translation>
  </message>
  <message>
   <source>Save…</source>
   <translation>Speichern …</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Maßstab</translation>
  </message>
  <message>
   <source>Scale 0 to {limit}</source>
   <translation>Skala 0 bis {limit}</translation>
  </message>
  <message>
   <source>Scale for each slice</source>
   <translation>Skala je Schicht</translation>
  </message>
  <message>
   <source>Scale of the difference</source>
   <translation>Skala der Differenz</translation>
  </message>
  <message>
   <source>Scale the difference for each slice</source>
   <translation>Differenz je Schicht skalieren</translation>
  </message>
  <message>
   <source>Scale ±{limit}</source>
   <translation>Skala ±{limit}</translation>
  </message>
  <message>
   <source>Scale ±{limit} × noise</source>
   <translation>Skala ±{limit} × Rauschen</translation>
  </message>
  <message>
   <source>Scans</source>
   <translation>Scans</translation>
  </message>
  <message>
   <source>Scans (*.nii *.nii.gz *.dcm *.ima *.DCM *.IMA *.hdr *.img *.mgh *.mgz *.nrrd *.nhdr *.mha *.mhd *.zip DICOMDIR *.isthmus-session);;All files (*)</source>
   <translation>Scans (*.nii *.nii.gz *.dcm *.ima *.DCM *.IMA *.hdr *.img *.mgh *.mgz *.nrrd *.nhdr *.mha *.mhd *.zip DICOMDIR *.isthmus-session);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Scans a working day</source>
   <translation>Scans je Arbeitstag</translation>
  </message>
  <message>
   <source>Scans like this one on each of {days} working days a year.</source>
   <translation>Scans wie dieser an jedem von {days} Arbeitstagen im Jahr.</translation>
  </message>
  <message>
   <source>Scans stay on this computer. Nothing is sent anywhere.</source>
   <translation>Scans bleiben auf diesem Computer. Nichts wird irgendwohin gesendet.</translation>
  </message>
  <message>
   <source>Scans stay on this computer. Recent scans are listed by file name only.</source>
   <translation>Scans bleiben auf diesem Computer. Zuletzt geöffnete stehen hier nur mit ihrem Dateinamen.</translation>
  </message>
  <message>
   <source>Seconds are bytes · 8 / rate, without any overhead of the line.</source>
   <translation>Sekunden sind Bytes · 8 / Rate, ohne jeden Aufschlag der Leitung.</translation>
  </message>
  <message>
   <source>See what a learned bottleneck does to a medical scan.</source>
   <translation>Sehen, was ein gelernter Engpass mit einem medizinischen Scan macht.</translation>
  </message>
  <message>
   <source>Series</source>
   <translation>Serien</translation>
  </message>
  <message>
   <source>Session opened</source>
   <translation>Sitzung geöffnet</translation>
  </message>
  <message>
   <source>Session saved</source>
   <translation>Sitzung gespeichert</translation>
  </message>
  <message>
   <source>Sessions of Isthmus</source>
   <translation>Sitzungen von Isthmus</translation>
  </message>
  <message>
   <source>Set everything here to what it was at the first start.</source>
   <translation>Alles hier auf das setzen, was es beim ersten Start war.</translation>
  </message>
  <message>
   <source>Set for JPEG and JPEG 2000, not for learned codecs.</source>
   <translation>Für JPEG und JPEG 2000 festgelegt, nicht für gelernte Codecs.</translation>
  </message>
  <message>
   <source>Set the window of</source>
   <translation>Die Fensterung setzen von</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Share of the second picture</source>
   <translation>Anteil des zweiten Bildes</translation>
  </message>
  <message>
   <source>Shift while dropping a file</source>
   <translation>Umschalt beim Ablegen einer Datei</translation>
  </message>
  <message>
   <source>Shift+move</source>
   <translation>Umschalt+bewegen</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Show all panes</source>
   <translation>Alle Felder zeigen</translation>
  </message>
  <message>
   <source>Show or hide the mask (O)</source>
   <translation>Die Maske zeigen oder verbergen (O)</translation>
  </message>
  <message>
   <source>Show patient and &amp;dates</source>
   <translation>Patient und &amp;Daten zeigen</translation>
  </message>
  <message>
   <source>Show patient and dates</source>
   <translation>Patient und Daten zeigen</translation>
  </message>
  <message>
   <source>Show the &amp;original (hold Space)</source>
   <translation>Das &amp;Original zeigen (Leertaste halten)</translation>
  </message>
  <message>
   <source>Show the next in this pane</source>
   <translation>In diesem Bild das Nächste zeigen</translation>
  </message>
  <message>
   <source>Show the previous in this pane</source>
   <translation>In diesem Bild das Vorige zeigen</translation>
  </message>
  <message>
   <source>Shown while the key is held.</source>
   <translation>Gezeigt, solange die Taste gehalten wird.</translation>
  </message>
  <message>
   <source>Side by side</source>
   <translation>Nebeneinander</translation>
  </message>
  <message>
   <source>Side of the squares</source>
   <translation>Seitenlänge der Quadrate</translation>
  </message>
  <message>
   <source>Signal-to-noise ratio: mean ∕ standard deviation of the region's voxels.</source>
   <translation>Signal-Rausch-Verhältnis: Mittel ∕ Standardabweichung der Voxel der Region.</translation>
  </message>
  <message>
   <source>Signed</source>
   <translation>Mit Vorzeichen</translation>
  </message>
  <message>
   <source>Simulated, not a patient.</source>
   <translation>Simuliert, kein Patient.</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Skip demo</source>
   <translation>Demo beenden</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>Slice to go to</source>
   <translation>Schicht, zu der es geht</translation>
  </message>
  <message>
   <source>Slice with the &amp;lowest PSNR</source>
   <translation>Schicht mit dem n&amp;iedrigsten PSNR</translation>
  </message>
  <message>
   <source>Slice {number}</source>
   <translation>Schicht {number}</translation>
  </message>
  <message>
   <source>Slice {number}: mean {mean}, difference {difference}</source>
   <translation>Schicht {number}: Mittel {mean}, Differenz {difference}</translation>
  </message>
  <message>
   <source>Slice {number}: {measure} {figure}, {bottleneck}</source>
   <translation>Schicht {number}: {measure} {figure}, {bottleneck}</translation>
  </message>
  <message>
   <source>Slice {n}</source>
   <translation>Schicht {n}</translation>
  </message>
  <message>
   <source>Slice {n} / {count}</source>
   <translation>Schicht {n} / {count}</translation>
  </message>
  <message>
   <source>Slice {n} of {count}</source>
   <translation>Schicht {n} von {count}</translation>
  </message>
  <message>
   <source>Slice {n} of {count}, PSNR {figure}</source>
   <translation>Schicht {n} von {count}, PSNR {figure}</translation>
  </message>
  <message>
   <source>Slice {n}: PSNR {figure}</source>
   <translation>Schicht {n}: PSNR {figure}</translation>
  </message>
  <message>
   <source>Slices</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>Slices per second</source>
   <translation>Schichten je Sekunde</translation>
  </message>
  <message>
   <source>Slices per second that are asked for, 1 to 60 (Alt+Left, Alt+Right, or the wheel)</source>
   <translation>Gewünschte Schichten je Sekunde, 1 bis 60 (Alt+Links, Alt+Rechts oder das Mausrad)</translation>
  </message>
  <message>
   <source>Slices per second that were really shown during the last second. None is left out.</source>
   <translation>Schichten je Sekunde, die in der letzten Sekunde wirklich gezeigt wurden. Keine wird ausgelassen.</translation>
  </message>
  <message>
   <source>Smallest and largest value of the original, exact. Foreground: voxels above Otsu's threshold, which the dotted line marks.</source>
   <translation>Kleinster und größter Wert des Originals, genau. Vordergrund: Voxel über der Schwelle nach Otsu, die die gepunktete Linie zeigt.</translation>
  </message>
  <message>
   <source>Smallest bottleneck above the floor</source>
   <translation>Kleinster Engpass über der Grenze</translation>
  </message>
  <message>
   <source>Soft tissue</source>
   <translation>Weichteile</translation>
  </message>
  <message>
   <source>Some of the session is damaged and was left out.</source>
   <translation>Ein Teil der Sitzung ist beschädigt und wurde ausgelassen.</translation>
  </message>
  <message>
   <source>Something went wrong in the background.</source>
   <translation>Im Hintergrund ging etwas schief.</translation>
  </message>
  <message>
   <source>Sooner at the other end</source>
   <translation>Schneller am anderen Ende</translation>
  </message>
  <message>
   <source>Source: {source}.</source>
   <translation>Quelle: {source}.</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Spine</source>
   <translation>Wirbelsäule</translation>
  </message>
  <message>
   <source>Squeeze a scan through a narrow neck and see what comes out.</source>
   <translation>Einen Scan durch einen engen Hals drücken und sehen, was herauskommt.</translation>
  </message>
  <message>
   <source>Standard codecs beside the curve</source>
   <translation>Standardcodecs neben der Kurve</translation>
  </message>
  <message>
   <source>Standard deviation of the region's voxels, of a sample (n − 1).</source>
   <translation>Standardabweichung der Voxel der Region, die einer Stichprobe (n − 1).</translation>
  </message>
  <message>
   <source>Start demo</source>
   <translation>Demo starten</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Stay at this step</source>
   <translation>Bei diesem Schritt bleiben</translation>
  </message>
  <message>
   <source>Stop the work</source>
   <translation>Die Arbeit anhalten</translation>
  </message>
  <message>
   <source>Stop the work (the open scan stays)</source>
   <translation>Die Arbeit anhalten (der geöffnete Scan bleibt)</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Storage</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Storage and transfer</source>
   <translation>Speicherung und Übertragung</translation>
  </message>
  <message>
   <source>Stroke</source>
   <translation>Schlaganfall</translation>
  </message>
  <message>
   <source>Structural similarity on five scales, fine to coarse. 1 is identical.</source>
   <translation>Strukturelle Ähnlichkeit auf fünf Skalen, fein bis grob. 1 ist identisch.</translation>
  </message>
  <message>
   <source>Structural similarity, 2-D by slice with a Gaussian of 1.5 pixels, mean over all slices; the range is maximum − minimum of the original over the volume.</source>
   <translation>Strukturelle Ähnlichkeit, 2D je Schicht mit einem Gauß-Fenster von 1,5 Pixeln, Mittel über alle Schichten; der Bereich ist Maximum − Minimum des Originals über das Volumen.</translation>
  </message>
  <message>
   <source>Structural similarity: how alike local patterns are. 1 is identical.</source>
   <translation>Strukturelle Ähnlichkeit: wie gleich örtliche Muster sind. 1 ist identisch.</translation>
  </message>
  <message>
   <source>Subdural</source>
   <translation>Subdural</translation>
  </message>
  <message>
   <source>Swap with the pinned bottleneck</source>
   <translation>Mit dem angehefteten Engpass tauschen</translation>
  </message>
  <message>
   <source>Swipe</source>
   <translation>Wischen</translation>
  </message>
  <message>
   <source>Swipe line</source>
   <translation>Wischlinie</translation>
  </message>
  <message>
   <source>Swipe line at {share}. Drag it, or press the arrow keys; Shift goes further.</source>
   <translation>Wischlinie bei {share}. Ziehen oder die Pfeiltasten drücken; Umschalt geht weiter.</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>Table (*.csv)</source>
   <translation>Tabelle (*.csv)</translation>
  </message>
  <message>
   <source>Table saved</source>
   <translation>Tabelle gespeichert</translation>
  </message>
  <message>
   <source>Temporal bone</source>
   <translation>Felsenbein</translation>
  </message>
  <message>
   <source>Ten slices back</source>
   <translation>Zehn Schichten zurück</translation>
  </message>
  <message>
   <source>Ten slices on</source>
   <translation>Zehn Schichten weiter</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Textgröße</translation>
  </message>
  <message>
   <source>The comparison, at this slice</source>
   <translation>Der Vergleich, in dieser Schicht</translation>
  </message>
  <message>
   <source>The cursor follows the pointer, in all planes</source>
   <translation>Der Cursor folgt dem Zeiger, in allen Ebenen</translation>
  </message>
  <message>
   <source>The demo scan before and after the bottleneck</source>
   <translation>Der Demo-Scan vor und nach dem Engpass</translation>
  </message>
  <message>
   <source>The file does not say whose scan this is</source>
   <translation>Die Datei sagt nicht, wessen Scan das ist</translation>
  </message>
  <message>
   <source>The file is being made.</source>
   <translation>Die Datei entsteht.</translation>
  </message>
  <message>
   <source>The file says that the patient's identity was taken out of it.</source>
   <translation>Die Datei sagt, dass die Identität des Patienten aus ihr entfernt wurde.</translation>
  </message>
  <message>
   <source>The latent map</source>
   <translation>Die latente Karte</translation>
  </message>
  <message>
   <source>The line that scans are sent on.
Seconds are bytes · 8 / rate, without overhead.</source>
   <translation>Die Leitung, auf der Scans gesendet werden.
Sekunden sind Bytes · 8 / Rate, ohne Aufschlag.</translation>
  </message>
  <message>
   <source>The map is drawn when the whole scan has gone through the network.</source>
   <translation>Die Karte entsteht, wenn der ganze Scan durch das Netz gegangen ist.</translation>
  </message>
  <message>
   <source>The model file {name} is damaged.</source>
   <translation>Die Modelldatei {name} ist beschädigt.</translation>
  </message>
  <message>
   <source>The model file {name} is missing.</source>
   <translation>Die Modelldatei {name} fehlt.</translation>
  </message>
  <message>
   <source>The network describes {depth} slices at a time. Each of the {count} points is one such description, and alike ones lie close together. The ring is what is on the screen; click a point to go there.</source>
   <translation>Das Netz beschreibt je {depth} Schichten auf einmal. Jeder der {count} Punkte ist eine solche Beschreibung, und ähnliche liegen nah beieinander. Der Ring ist, was zu sehen ist; ein Klick auf einen Punkt führt dorthin.</translation>
  </message>
  <message>
   <source>The next step (Right)</source>
   <translation>Der nächste Schritt (Rechts)</translation>
  </message>
  <message>
   <source>The original in the reconstruction's place</source>
   <translation>Das Original an der Stelle der Rekonstruktion</translation>
  </message>
  <message>
   <source>The other sizes are being made and measured. Hollow points are expected ones.</source>
   <translation>Die anderen Größen entstehen und werden gemessen. Hohle Punkte sind erwartete.</translation>
  </message>
  <message>
   <source>The patient is named on these pictures.</source>
   <translation>Auf diesen Bildern steht der Name des Patienten.</translation>
  </message>
  <message>
   <source>The patient's left at the left of axial and coronal pictures (Shift+N)</source>
   <translation>Die linke Seite des Patienten links in axialen und koronaren Bildern (Umschalt+N)</translation>
  </message>
  <message>
   <source>The reconstruction is still being made.</source>
   <translation>Die Rekonstruktion entsteht noch.</translation>
  </message>
  <message>
   <source>The reconstruction of a slice did not come.</source>
   <translation>Die Rekonstruktion einer Schicht kam nicht.</translation>
  </message>
  <message>
   <source>The scan</source>
   <translation>Der Scan</translation>
  </message>
  <message>
   <source>The scan as it is stored.</source>
   <translation>Der Scan, wie er gespeichert ist.</translation>
  </message>
  <message>
   <source>The scan has moved</source>
   <translation>Der Scan ist umgezogen</translation>
  </message>
  <message>
   <source>The scan is being read.</source>
   <translation>Der Scan wird gelesen.</translation>
  </message>
  <message>
   <source>The scan is being squeezed, slab by slab. The slice you see comes first.</source>
   <translation>Der Scan geht durch den Engpass, Block für Block. Die sichtbare Schicht kommt zuerst.</translation>
  </message>
  <message>
   <source>The scan needs {needed} more memory; {free} are free.</source>
   <translation>Der Scan braucht noch {needed} Speicher; {free} sind frei.</translation>
  </message>
  <message>
   <source>The slices, one after the other</source>
   <translation>Die Schichten, eine nach der anderen</translation>
  </message>
  <message>
   <source>The smallest file is being made. The slice you see comes first.</source>
   <translation>Die kleinste Datei entsteht. Die sichtbare Schicht kommt zuerst.</translation>
  </message>
  <message>
   <source>The source is already lossy: {how}. Lossy is compared with lossy here.</source>
   <translation>Die Quelle ist schon verlustbehaftet: {how}. Hier wird verlustbehaftet mit verlustbehaftet verglichen.</translation>
  </message>
  <message>
   <source>The squeeze</source>
   <translation>Durch den Engpass</translation>
  </message>
  <message>
   <source>The step before (Left)</source>
   <translation>Der Schritt davor (Links)</translation>
  </message>
  <message>
   <source>The tightest squeeze</source>
   <translation>Der engste Engpass</translation>
  </message>
  <message>
   <source>The voxels of this scan in their stored type; the original of every ratio.</source>
   <translation>Die Voxel dieses Scans in ihrem gespeicherten Typ; das Original jedes Verhältnisses.</translation>
  </message>
  <message>
   <source>The whole slice</source>
   <translation>Die ganze Schicht</translation>
  </message>
  <message>
   <source>The whole slice. Drag to move what is seen of it.</source>
   <translation>Die ganze Schicht. Ziehen verschiebt, was von ihr zu sehen ist.</translation>
  </message>
  <message>
   <source>The window</source>
   <translation>Das Fenster</translation>
  </message>
  <message>
   <source>The window's centre, also called level</source>
   <translation>Die Mitte der Fensterung, auch Level genannt</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>There is not enough memory for this scan.</source>
   <translation>Für diesen Scan reicht der Speicher nicht.</translation>
  </message>
  <message>
   <source>There is not enough memory for this step.</source>
   <translation>Für diesen Schritt reicht der Speicher nicht.</translation>
  </message>
  <message>
   <source>There is not enough memory to open {name}.</source>
   <translation>Der Speicher reicht nicht, um {name} zu öffnen.</translation>
  </message>
  <message>
   <source>There was not enough memory for {name}.</source>
   <translation>Der Speicher reichte nicht für {name}.</translation>
  </message>
  <message>
   <source>This scan has another size than the one that was saved.</source>
   <translation>Dieser Scan hat eine andere Größe als der gespeicherte.</translation>
  </message>
  <message>
   <source>This scan: {size}, {seconds} at {rate}.</source>
   <translation>Dieser Scan: {size}, {seconds} bei {rate}.</translation>
  </message>
  <message>
   <source>Three panes of all planes</source>
   <translation>Drei Bilder aller Ebenen</translation>
  </message>
  <message>
   <source>Three panes of one plane</source>
   <translation>Drei Bilder einer Ebene</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Time: encoded and decoded here, with all else that ran.</source>
   <translation>Zeit: hier codiert und decodiert, neben allem anderen, was lief.</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Type a slice's number. Return goes there, Esc does not (Ctrl+G).</source>
   <translation>Die Nummer einer Schicht eintippen. Eingabe geht dorthin, Esc nicht (Strg+G).</translation>
  </message>
  <message>
   <source>Uncompressed</source>
   <translation>Unkomprimiert</translation>
  </message>
  <message>
   <source>Unpacking file {n} of {count}</source>
   <translation>Datei {n} von {count} wird entpackt</translation>
  </message>
  <message>
   <source>Up to 5 Hz</source>
   <translation>Bis 5 Hz</translation>
  </message>
  <message>
   <source>Up to 5 Hz. Pictures that flicker more than three times a second can do harm.</source>
   <translation>Bis 5 Hz. Bilder, die mehr als dreimal je Sekunde wechseln, können schaden.</translation>
  </message>
  <message>
   <source>Update Isthmus.</source>
   <translation>Isthmus aktualisieren.</translation>
  </message>
  <message>
   <source>Upper end</source>
   <translation>Oberes Ende</translation>
  </message>
  <message>
   <source>Upper percentile</source>
   <translation>Oberes Perzentil</translation>
  </message>
  <message>
   <source>Usual settings</source>
   <translation>Übliche Einstellungen</translation>
  </message>
  <message>
   <source>Values from here downwards are drawn black</source>
   <translation>Werte von hier abwärts werden schwarz gezeichnet</translation>
  </message>
  <message>
   <source>Values from here upwards are drawn white</source>
   <translation>Werte von hier aufwärts werden weiß gezeichnet</translation>
  </message>
  <message>
   <source>View copied</source>
   <translation>Ansicht kopiert</translation>
  </message>
  <message>
   <source>Volume</source>
   <translation>Volumen</translation>
  </message>
  <message>
   <source>Volume, ml</source>
   <translation>Volumen, ml</translation>
  </message>
  <message>
   <source>Volume, {still}</source>
   <translation>Volumen, {still}</translation>
  </message>
  <message>
   <source>Voxels</source>
   <translation>Voxel</translation>
  </message>
  <message>
   <source>Voxels of the whole volume by value, logarithmic. Drag an end of the window, or between the ends to move it. Arrow keys: left and right move it, up and down widen and narrow it.</source>
   <translation>Voxel des ganzen Volumens nach Wert, logarithmisch. Ein Ende der Fensterung ziehen, oder dazwischen, um sie zu verschieben. Pfeiltasten: links und rechts verschieben, auf und ab machen weiter und enger.</translation>
  </message>
  <message>
   <source>Voxels whose centres lie inside the outline.</source>
   <translation>Voxel, deren Mitte im Umriss liegt.</translation>
  </message>
  <message>
   <source>Wang et al. 2003, five scales; the volume is the mean over slices. Peak: {peak}. Unknown for slices with fewer than 176 rows or columns, which have no five scales.</source>
   <translation>Wang u. a. 2003, fünf Skalen; das Volumen ist das Mittel über die Schichten. Spitze: {peak}. Unbekannt für Schichten mit weniger als 176 Zeilen oder Spalten, denn sie haben keine fünf Skalen.</translation>
  </message>
  <message>
   <source>Welcome</source>
   <translation>Willkommen</translation>
  </message>
  <message>
   <source>What a year of scans like the open one is summed up from.</source>
   <translation>Woraus ein Jahr von Scans wie dem geöffneten summiert wird.</translation>
  </message>
  <message>
   <source>What counts</source>
   <translation>Was zählt</translation>
  </message>
  <message>
   <source>What is used least is made again when it is wanted. Holds from the next start on.</source>
   <translation>Was am wenigsten gebraucht wird, entsteht neu, wenn es gewünscht ist. Gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>What made this scan?</source>
   <translation>Womit wurde dieser Scan gemacht?</translation>
  </message>
  <message>
   <source>What of the errors is shown</source>
   <translation>Was von den Fehlern gezeigt wird</translation>
  </message>
  <message>
   <source>What of the errors is shown (↑ ↓)</source>
   <translation>Was von den Fehlern gezeigt wird (↑ ↓)</translation>
  </message>
  <message>
   <source>What scans are sent on. The rate of an own line stands in the storage panel.</source>
   <translation>Worauf Scans gesendet werden. Die Rate einer eigenen Leitung steht im Feld Speicher.</translation>
  </message>
  <message>
   <source>What the curves are of (↑ ↓)</source>
   <translation>Wovon die Kurven sind (↑ ↓)</translation>
  </message>
  <message>
   <source>What the picture shows</source>
   <translation>Was das Bild zeigt</translation>
  </message>
  <message>
   <source>What this pane shows</source>
   <translation>Was dieses Feld zeigt</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>Mausrad</translation>
  </message>
  <message>
   <source>Wheel, with the magnifier</source>
   <translation>Mausrad, mit der Lupe</translation>
  </message>
  <message>
   <source>Where is {name} now?</source>
   <translation>Wo ist {name} jetzt?</translation>
  </message>
  <message>
   <source>Where is {scan}?</source>
   <translation>Wo ist {scan}?</translation>
  </message>
  <message>
   <source>Where the model runs, and which model. Press to change.</source>
   <translation>Wo das Modell läuft, und welches. Drücken, um es zu ändern.</translation>
  </message>
  <message>
   <source>Which of the two windows is set here and by keys</source>
   <translation>Welche der beiden Fensterungen hier und durch Tasten gesetzt wird</translation>
  </message>
  <message>
   <source>Which part of the body this scan shows is not known.</source>
   <translation>Welchen Körperteil dieser Scan zeigt, ist nicht bekannt.</translation>
  </message>
  <message>
   <source>While B is held</source>
   <translation>Solange B gehalten wird</translation>
  </message>
  <message>
   <source>Whole image</source>
   <translation>Ganzes Bild</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Weite</translation>
  </message>
  <message>
   <source>Window by drag</source>
   <translation>Fensterung durch Ziehen</translation>
  </message>
  <message>
   <source>Window from the values in a box; press Ctrl later for a faster window</source>
   <translation>Fensterung aus den Werten in einem Rahmen; Strg erst danach gedrückt fenstert schneller</translation>
  </message>
  <message>
   <source>Window from {low} to {high}</source>
   <translation>Fensterung von {low} bis {high}</translation>
  </message>
  <message>
   <source>Window the scan was &amp;opened with</source>
   <translation>Fensterung &amp;beim Öffnen</translation>
  </message>
  <message>
   <source>Window width / centre. Drag on a picture changes it; press for the histogram.</source>
   <translation>Weite / Mitte der Fensterung. Ziehen auf einem Bild ändert sie; drücken zeigt das Histogramm.</translation>
  </message>
  <message>
   <source>Window width and centre</source>
   <translation>Weite und Mitte der Fensterung</translation>
  </message>
  <message>
   <source>Window: right is wider, up is brighter; Ctrl then makes it faster</source>
   <translation>Fensterung: rechts ist weiter, oben ist heller; Strg danach macht es schneller</translation>
  </message>
  <message>
   <source>Windows to choose from: width / centre, and the key of the first nine</source>
   <translation>Fensterungen zur Wahl: Weite / Mitte, und die Taste der ersten neun</translation>
  </message>
  <message>
   <source>With a tool, draw at the cursor; then arrow keys move it, Tab goes through handles</source>
   <translation>Mit einem Werkzeug am Cursor zeichnen; danach verschieben die Pfeiltasten, Tab geht durch die Griffe</translation>
  </message>
  <message>
   <source>With {channels} channels the file is {times} times smaller, and the PSNR falls to {psnr}. In the difference, blue was removed and orange was added. Hold Space to bring the original back into the reconstruction's place.</source>
   <translation>Mit {channels} Kanälen ist die Datei {times}-mal kleiner, und das PSNR fällt auf {psnr}. In der Differenz ist Blau entfernt und Orange hinzugefügt. Leertaste halten bringt das Original an die Stelle der Rekonstruktion.</translation>
  </message>
  <message>
   <source>Without a menu</source>
   <translation>Ohne Menü</translation>
  </message>
  <message>
   <source>Work</source>
   <translation>Arbeit</translation>
  </message>
  <message>
   <source>Worst places</source>
   <translation>Schlechteste Stellen</translation>
  </message>
  <message>
   <source>Writing slice {n} of {count}</source>
   <translation>Schicht {n} von {count} wird geschrieben</translation>
  </message>
  <message>
   <source>Written</source>
   <translation>Geschrieben</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>about {level} decibel</source>
   <translation>etwa {level} Dezibel</translation>
  </message>
  <message>
   <source>about {ratio} to 1</source>
   <translation>etwa {ratio} zu 1</translation>
  </message>
  <message>
   <source>added</source>
   <translation>hinzugefügt</translation>
  </message>
  <message>
   <source>axial</source>
   <translation>axial</translation>
  </message>
  <message>
   <source>being written</source>
   <translation>wird geschrieben</translation>
  </message>
  <message>
   <source>bias</source>
   <translation>Bias</translation>
  </message>
  <message>
   <source>bias {bias}  MAE {mae}</source>
   <translation>Bias {bias}  MAE {mae}</translation>
  </message>
  <message>
   <source>bias {bias}, limits {low} to {high}</source>
   <translation>Bias {bias}, Grenzen {low} bis {high}</translation>
  </message>
  <message>
   <source>bottleneck {name}</source>
   <translation>Engpass {name}</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>verändert</translation>
  </message>
  <message>
   <source>colours: {name}</source>
   <translation>Farben: {name}</translation>
  </message>
  <message>
   <source>coronal</source>
   <translation>koronar</translation>
  </message>
  <message>
   <source>cubic</source>
   <translation>kubisch</translation>
  </message>
  <message>
   <source>d MMM</source>
   <translation>d. MMM</translation>
  </message>
  <message>
   <source>dashed</source>
   <translation>gestrichelt</translation>
  </message>
  <message>
   <source>decoded from {size}</source>
   <translation>aus {size} decodiert</translation>
  </message>
  <message>
   <source>difference</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>distance</source>
   <translation>Strecke</translation>
  </message>
  <message>
   <source>en</source>
   <translation>de</translation>
  </message>
  <message>
   <source>encoding…</source>
   <translation>wird codiert …</translation>
  </message>
  <message>
   <source>error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>error, {unit}</source>
   <translation>Fehler, {unit}</translation>
  </message>
  <message>
   <source>file, all bytes</source>
   <translation>Datei, alle Bytes</translation>
  </message>
  <message>
   <source>floor {value}</source>
   <translation>Grenze {value}</translation>
  </message>
  <message>
   <source>foreground ▸</source>
   <translation>Vordergrund ▸</translation>
  </message>
  <message>
   <source>inverted</source>
   <translation>invertiert</translation>
  </message>
  <message>
   <source>linear</source>
   <translation>linear</translation>
  </message>
  <message>
   <source>lossless</source>
   <translation>verlustfrei</translation>
  </message>
  <message>
   <source>lossless {ratio}</source>
   <translation>verlustfrei {ratio}</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>verloren</translation>
  </message>
  <message>
   <source>making {channels} channels</source>
   <translation>{channels} Kanäle entstehen</translation>
  </message>
  <message>
   <source>mean</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>mean {mean}  SD {sd}</source>
   <translation>Mittel {mean}  SD {sd}</translation>
  </message>
  <message>
   <source>mean {mean}, SD {sd}</source>
   <translation>Mittel {mean}, SD {sd}</translation>
  </message>
  <message>
   <source>mean, {unit}</source>
   <translation>Mittel, {unit}</translation>
  </message>
  <message>
   <source>moved or renamed</source>
   <translation>verschoben oder umbenannt</translation>
  </message>
  <message>
   <source>nearest</source>
   <translation>nächster Nachbar</translation>
  </message>
  <message>
   <source>no bottleneck is shown yet</source>
   <translation>noch kein Engpass gezeigt</translation>
  </message>
  <message>
   <source>no loss</source>
   <translation>kein Verlust</translation>
  </message>
  <message>
   <source>not known yet</source>
   <translation>noch nicht bekannt</translation>
  </message>
  <message>
   <source>operating points.csv</source>
   <translation>Arbeitspunkte.csv</translation>
  </message>
  <message>
   <source>original</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>own window</source>
   <translation>eigene Fensterung</translation>
  </message>
  <message>
   <source>previewed, file size not known yet</source>
   <translation>Vorschau, Dateigröße noch unbekannt</translation>
  </message>
  <message>
   <source>previewed, {size} expected</source>
   <translation>Vorschau, {size} erwartet</translation>
  </message>
  <message>
   <source>range {span}, maximum − minimum of the original over the volume</source>
   <translation>Bereich {span}, Maximum − Minimum des Originals über das Volumen</translation>
  </message>
  <message>
   <source>range, maximum − minimum of the original over the volume</source>
   <translation>Bereich, Maximum − Minimum des Originals über das Volumen</translation>
  </message>
  <message>
   <source>reconstruction</source>
   <translation>Rekonstruktion</translation>
  </message>
  <message>
   <source>reconstruction − original</source>
   <translation>Rekonstruktion − Original</translation>
  </message>
  <message>
   <source>removed</source>
   <translation>entfernt</translation>
  </message>
  <message>
   <source>sagittal</source>
   <translation>sagittal</translation>
  </message>
  <message>
   <source>scan</source>
   <translation>Scan</translation>
  </message>
  <message>
   <source>simulated</source>
   <translation>simuliert</translation>
  </message>
  <message>
   <source>slice</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>slice {n}</source>
   <translation>Schicht {n}</translation>
  </message>
  <message>
   <source>slices {first}–{last}</source>
   <translation>Schichten {first}–{last}</translation>
  </message>
  <message>
   <source>solid</source>
   <translation>durchgezogen</translation>
  </message>
  <message>
   <source>step {step}</source>
   <translation>Stufe {step}</translation>
  </message>
  <message>
   <source>still the value for {channels} channels</source>
   <translation>noch der Wert für {channels} Kanäle</translation>
  </message>
  <message>
   <source>still the value for {count} channels</source>
   <translation>noch der Wert für {count} Kanäle</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>stored scan</source>
   <translation>gespeicherter Scan</translation>
  </message>
  <message>
   <source>the original</source>
   <translation>dem Original</translation>
  </message>
  <message>
   <source>the reconstruction</source>
   <translation>der Rekonstruktion</translation>
  </message>
  <message>
   <source>time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
  <message>
   <source>today {time}</source>
   <translation>heute {time}</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>unbekannt</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>voxel {i}, {j}, {k}</source>
   <translation>Voxel {i}, {j}, {k}</translation>
  </message>
  <message>
   <source>voxels</source>
   <translation>Voxel</translation>
  </message>
  <message>
   <source>waits for the quality of the bottleneck</source>
   <translation>wartet auf die Qualität des Engpasses</translation>
  </message>
  <message>
   <source>waits to be encoded</source>
   <translation>wartet auf das Codieren</translation>
  </message>
  <message>
   <source>where the reconstruction is brighter</source>
   <translation>wo die Rekonstruktion heller ist</translation>
  </message>
  <message>
   <source>where the reconstruction is darker</source>
   <translation>wo die Rekonstruktion dunkler ist</translation>
  </message>
  <message>
   <source>year</source>
   <translation>Jahr</translation>
  </message>
  <message>
   <source>yesterday</source>
   <translation>gestern</translation>
  </message>
  <message>
   <source>{channels} ch</source>
   <translation>{channels} Kan.</translation>
  </message>
  <message>
   <source>{count} ch</source>
   <translation>{count} Kan.</translation>
  </message>
  <message>
   <source>{count} channels</source>
   <translation>{count} Kanäle</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tage</translation>
  </message>
  <message>
   <source>{count} frames, {seconds} s. LOSSY stands in all of them.</source>
   <translation>{count} Einzelbilder, {seconds} s. LOSSY steht auf allen.</translation>
  </message>
  <message>
   <source>{count} hours</source>
   <translation>{count} Stunden</translation>
  </message>
  <message>
   <source>{count} lines, with a head.</source>
   <translation>{count} Zeilen, mit Kopf.</translation>
  </message>
  <message>
   <source>{count} minutes</source>
   <translation>{count} Minuten</translation>
  </message>
  <message>
   <source>{count} parts</source>
   <translation>{count} Teile</translation>
  </message>
  <message>
   <source>{count} series</source>
   <translation>{count} Serien</translation>
  </message>
  <message>
   <source>{count} voxels</source>
   <translation>{count} Voxel</translation>
  </message>
  <message>
   <source>{error} ± {half}: {count} voxels</source>
   <translation>{error} ± {half}: {count} Voxel</translation>
  </message>
  <message>
   <source>{error}. The open scan is not touched.</source>
   <translation>{error}. Der geöffnete Scan ist unberührt.</translation>
  </message>
  <message>
   <source>{figure} bits per voxel</source>
   <translation>{figure} Bits je Voxel</translation>
  </message>
  <message>
   <source>{figure} bpv</source>
   <translation>{figure} bpv</translation>
  </message>
  <message>
   <source>{first} and {second}</source>
   <translation>{first} und {second}</translation>
  </message>
  <message>
   <source>{format} film</source>
   <translation>{format}-Film</translation>
  </message>
  <message>
   <source>{level} decibel</source>
   <translation>{level} Dezibel</translation>
  </message>
  <message>
   <source>{measure} of every acquired slice, in their order, every voxel of the slice counted, with the volume's peak. Thick: the bottleneck that is shown. Thin: others that are known, of {names}. Click, or arrow keys and Enter, to go to a slice.</source>
   <translation>{measure} jeder aufgenommenen Schicht, in ihrer Reihenfolge, jedes Voxel der Schicht gezählt, mit dem Spitzenwert des Volumens. Dick: der gezeigte Engpass. Dünn: andere bekannte, von {names}. Ein Klick, oder Pfeiltasten und Eingabe, führt zu einer Schicht.</translation>
  </message>
  <message>
   <source>{measure} of this scan</source>
   <translation>{measure} dieses Scans</translation>
  </message>
  <message>
   <source>{measure}, volume</source>
   <translation>{measure}, Volumen</translation>
  </message>
  <message>
   <source>{measure}, {of}: unknown</source>
   <translation>{measure}, {of}: unbekannt</translation>
  </message>
  <message>
   <source>{measure}, {of}: {figure}</source>
   <translation>{measure}, {of}: {figure}</translation>
  </message>
  <message>
   <source>{modality} series</source>
   <translation>Serie, {modality}</translation>
  </message>
  <message>
   <source>{model}
Press to choose another model.</source>
   <translation>{model}
Drücken, um ein anderes Modell zu wählen.</translation>
  </message>
  <message>
   <source>{name} (double-click)</source>
   <translation>{name} (Doppelklick)</translation>
  </message>
  <message>
   <source>{name} cannot be opened.</source>
   <translation>{name} kann nicht geöffnet werden.</translation>
  </message>
  <message>
   <source>{name} cannot be read: {reason}.</source>
   <translation>{name} kann nicht gelesen werden: {reason}.</translation>
  </message>
  <message>
   <source>{name} cannot be written: {reason}.</source>
   <translation>{name} kann nicht geschrieben werden: {reason}.</translation>
  </message>
  <message>
   <source>{name} does not exist.</source>
   <translation>{name} gibt es nicht.</translation>
  </message>
  <message>
   <source>{name} is a single 2-D picture, not a scan of slices.</source>
   <translation>{name} ist ein einzelnes 2D-Bild, kein Scan aus Schichten.</translation>
  </message>
  <message>
   <source>{name} is cut short: {there} of its {count} slices are there.</source>
   <translation>{name} ist abgeschnitten: {there} von {count} Schichten sind da.</translation>
  </message>
  <message>
   <source>{name} is damaged: {reason}.</source>
   <translation>{name} ist beschädigt: {reason}.</translation>
  </message>
  <message>
   <source>{name} is empty.</source>
   <translation>{name} ist leer.</translation>
  </message>
  <message>
   <source>{name} is neither a file nor a folder.</source>
   <translation>{name} ist weder Datei noch Ordner.</translation>
  </message>
  <message>
   <source>{name} is not NIfTI, or is damaged in its header.</source>
   <translation>{name} ist kein NIfTI, oder sein Kopf ist beschädigt.</translation>
  </message>
  <message>
   <source>{name} is the scan itself.</source>
   <translation>{name} ist der Scan selbst.</translation>
  </message>
  <message>
   <source>{name} is {kind}, not a scan.</source>
   <translation>{name} ist {kind}, kein Scan.</translation>
  </message>
  <message>
   <source>{name} is {kind}, which Isthmus does not read.</source>
   <translation>{name} ist {kind}; das liest Isthmus nicht.</translation>
  </message>
  <message>
   <source>{name} lies in the folder of the scan.</source>
   <translation>{name} liegt im Ordner des Scans.</translation>
  </message>
  <message>
   <source>{name} may not be read.</source>
   <translation>{name} darf nicht gelesen werden.</translation>
  </message>
  <message>
   <source>{name} needs {needed} of memory; {free} are free.</source>
   <translation>{name} braucht {needed} Speicher; {free} sind frei.</translation>
  </message>
  <message>
   <source>{name}, second hand</source>
   <translation>{name}, zweite Hand</translation>
  </message>
  <message>
   <source>{name}: {size}, {seconds}; a year {year}, {year_seconds}.</source>
   <translation>{name}: {size}, {seconds}; ein Jahr {year}, {year_seconds}.</translation>
  </message>
  <message>
   <source>{number} of {count}</source>
   <translation>{number} von {count}</translation>
  </message>
  <message>
   <source>{n} of {count}</source>
   <translation>{n} von {count}</translation>
  </message>
  <message>
   <source>{origin}: {times} times smaller than the stored scan</source>
   <translation>{origin}: {times}-mal kleiner als der gespeicherte Scan</translation>
  </message>
  <message>
   <source>{path} is not there any more. Click to say where it is now.</source>
   <translation>{path} ist nicht mehr da. Klicken, um zu sagen, wo es jetzt ist.</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
  <message>
   <source>{percent} % of voxels shown</source>
   <translation>{percent} % der Voxel gezeigt</translation>
  </message>
  <message>
   <source>{plane} slice {n} of {count}</source>
   <translation>{plane}, Schicht {n} von {count}</translation>
  </message>
  <message>
   <source>{power}×, {scale} px/voxel, nearest</source>
   <translation>{power}×, {scale} px/Voxel, nächster Nachbar</translation>
  </message>
  <message>
   <source>{range}, foreground {share} %</source>
   <translation>{range}, Vordergrund {share} %</translation>
  </message>
  <message>
   <source>{rate} Hz</source>
   <translation>{rate} Hz</translation>
  </message>
  <message>
   <source>{rate} fps</source>
   <translation>{rate} B/s</translation>
  </message>
  <message>
   <source>{ratio} to 1</source>
   <translation>{ratio} zu 1</translation>
  </message>
  <message>
   <source>{scale}. Drag or turn the wheel to change it, double-click for the computed one.</source>
   <translation>{scale}. Ziehen oder Mausrad ändert sie, Doppelklick nimmt die berechnete.</translation>
  </message>
  <message>
   <source>{scale}. Reconstruction against original.</source>
   <translation>{scale}. Rekonstruktion gegen Original.</translation>
  </message>
  <message>
   <source>{scan} is not where it was when {session} was saved.</source>
   <translation>{scan} ist nicht mehr, wo es war, als {session} gespeichert wurde.</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{seconds} seconds left</source>
   <translation>noch {seconds} Sekunden</translation>
  </message>
  <message>
   <source>{sentence}. Details were lost; the difference shows which.</source>
   <translation>{sentence}. Einzelheiten gingen verloren; die Differenz zeigt, welche.</translation>
  </message>
  <message>
   <source>{shape}, {plane}. Double click or Enter goes there, F2 renames.</source>
   <translation>{shape}, {plane}. Doppelklick oder Eingabe führt dorthin, F2 benennt um.</translation>
  </message>
  <message>
   <source>{side} mm</source>
   <translation>{side} mm</translation>
  </message>
  <message>
   <source>{size}, as stored</source>
   <translation>{size}, wie gespeichert</translation>
  </message>
  <message>
   <source>{slices}, slab {n} of {count}</source>
   <translation>{slices}, Schichtblock {n} von {count}</translation>
  </message>
  <message>
   <source>{title}: {slices} slices of {rows} × {columns} voxels, {size} as stored. Blue always stands for what was there: the original.</source>
   <translation>{title}: {slices} Schichten von {rows} × {columns} Voxeln, {size} wie gespeichert. Blau steht immer für das, was da war: das Original.</translation>
  </message>
  <message>
   <source>{width} × {height} pixels</source>
   <translation>{width} × {height} Pixel</translation>
  </message>
  <message>
   <source>{window}  own window of the reconstruction</source>
   <translation>{window}  eigene Fensterung der Rekonstruktion</translation>
  </message>
  <message>
   <source>{window}, unlinked</source>
   <translation>{window}, entkoppelt</translation>
  </message>
  <message>
   <source>{zoom} px/voxel  {interpolation}</source>
   <translation>{zoom} px/Voxel  {interpolation}</translation>
  </message>
  <message>
   <source>|reconstruction − original|</source>
   <translation>|Rekonstruktion − Original|</translation>
  </message>
 </context>
</TS>
