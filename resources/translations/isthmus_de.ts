<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Isthmus</name>
  <message>
   <source> Mbit/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> a day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> frames/s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;All measures…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Angle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Copy the drawings' figures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Copy view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Difference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Distance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Ellipse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Freehand region</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Go to slice…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Go to the drawing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Guided demo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Help</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Histogram and window…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Interpolation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Magnifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Mask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Measure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Neurological convention: left is left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Next colour map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Next drawing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Next interpolation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Own window for reconstructions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Pan with the left button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Rectangle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Reset layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Save as CSV or JSON…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Save…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Scroll with the left button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Settings…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;View</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Window with the left button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Zoom with the left button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>(reconstruction − original) ÷ noise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 channel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 − SSIM from 0 to {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1 − SSIM: bright where structure was lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>10 · log₁₀(peak² ∕ mean squared error over the region), in decibels. Peak: maximum − minimum of the original over the volume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>10 · log₁₀(peak² ∕ mean squared error). Peak: {peak}. A slice uses the volume's peak.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>4G {rate}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&lt;b&gt;Lossless, {ratio}&lt;/b&gt;&lt;br&gt;{codec} makes {size} of this scan and gives every voxel back. Encoded here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&lt;b&gt;Quality {floor}&lt;/b&gt;&lt;br&gt;Stops below it are dimmed, never switched off. Drag it, or press Alt+↑ and Alt+↓. Enter takes the smallest file that reaches it.&lt;br&gt;{definition}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A simulated head, not a patient: {slices} slices of {rows} × {columns} voxels, {size} as stored. Blue always stands for what was there: the original.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A trained network passes the scan through {channels} channels. Of {stored}, {size} are left: {ratio}. Orange stands for what came through. The PSNR says how close it is: {psnr}, and more is closer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A year, {count} scans a day on {days} days: {size}, {seconds}{words}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A&amp;utomatic window, by percentiles</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ANONYMOUS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Absolute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Added</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All &amp;measures…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All measures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All measures with their definitions, to copy or save (Enter)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Amplification (Ctrl+Up, Ctrl+Down)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Amplify the difference less</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Amplify the difference more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Angiography</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Angle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Appearance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrange &amp;panels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the &amp;system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Below the {floor}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bias</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bits per voxel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Blend</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bottleneck</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Brain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Buttons</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>CSV (*.csv);;JSON (*.json)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>CSV…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Centre</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checkerboard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clinical</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clinical: left drags the window, right zooms, middle pans. Right-button windowing: right drags the window, with Shift it pans, with Ctrl it zooms; left moves the cursor. Neuro: left moves the cursor, right zooms, middle pans, Ctrl+Shift drags the window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clock: {still}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close m&amp;ask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close; Window brings it back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour &amp;map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colour map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colours of original and reconstruction alike (Shift+Q)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Commands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Computing…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Convention</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy all figures as text (Ctrl+C)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy the pr&amp;ofile's values</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Counting…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ctrl+left-drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cubic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Curves of JPEG 2000 and HEVC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DSL {rate}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>De&amp;lete the drawing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Delete {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Difference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Distance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Done</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Double-click to type a slice's number (Ctrl+G)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drag the picture from here into another program.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw reconstruction − original below, with its own scale.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw; Shift keeps sides equal, or lines at 45°</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drawings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>E&amp;xport the drawings as CSV…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each point is this scan at another size, measured. Doubling the file gains {first} at the small end, {middle} in the middle and {last} at the large end. Where the curve is steep, a larger file is worth its bytes; where it is flat, it is not.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ellipse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enlarge &amp;less</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enlarge &amp;more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enlarge more or less; Shift: ten slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Enter on a picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Estimated between two encodings of this scan of other quality.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every byte of the file at the bottleneck that is shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every voxel counts, the air round the patient too.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Everything is drawn anew for that many pixels, nothing is enlarged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Expected from training scans.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export the drawings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export the profile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export the profile as CS&amp;V…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Figures of the selected region</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Figures saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film of</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find a &amp;command…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find a command</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Find a key or what it does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>First slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flicker</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flicker on and off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flicker rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Float, or put back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Follow pointer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Foreground</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Format</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Freehand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the lower to the upper end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the lower to the upper percentile of the original's voxels (Shift+0)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Full range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gaussian window, σ 1.5 voxels, by slice; the volume is the mean over slices. Peak: {peak}. Same as scikit-image, to 1e-6.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the slice with the lowest PSNR (N)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grey</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Guided demo, step {n} of {count}: {title}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Haar wavelet-based perceptual similarity, mean over all slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Haar wavelet-based perceptual similarity: how alike edges look. 1 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Handles and cards jump instead of gliding.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Highest value of the region's voxels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Histogram</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Histogram and window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Holds from the next start on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How large text and the bars that hold it are. Pictures keep their size.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many times a second flicker shows both pictures. Above 3 Hz, flashing can harm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How much a drag changes the window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How opaque areas are; at the left only outlines are drawn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the curve bends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How voxels become pixels, in every pane alike.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In&amp;vert greys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Interpolation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Invert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Isthmus</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Isthmus, {count} ch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>JPEG 2000</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>JPEG 2000 and HEVC are really encoded from this whole scan, once everything else is known. Press to take their curves away.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>JPEG 2000, HEVC</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>JPEG 2000, {quality}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kind of difference (Y)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Known at second hand only: the body's own words were not seen.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Label</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Label maps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Label {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Labels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Labels by their number in the file. A tick shows one; Space sets it. Volume: voxels times the size of one. Bold: the label that the cursor lies in.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Latent channels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Latent map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Latent map and more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lay a label map on the same grid over the scan (Ctrl+M, or Shift while dropping)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave the demo (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leave the demo (Right)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left &amp;button</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left-drag, or clicks, with a tool</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Let the demo go on by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Line &amp;profile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Line lying</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Line upright</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linear between the centres of voxels. Point, or use the arrow keys, to read off.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Liver</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lossless</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lossless, {codec}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lower end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lower percentile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lower the quality floor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lowest value of the region's voxels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lowest: {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lowest: {n}, {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lung</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MAE</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MP4 needs PyAV: pip install 'isthmus[video]'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Magnifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Masks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Max error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximise this pane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum error: how far the worst voxel is off. 0 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum of |reconstruction − original| over the region.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximum of |reconstruction − original|, in the scan's own units.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean absolute error: how far a voxel is off on average. 0 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of reconstruction − original over the region: what became brighter is above 0.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of the region's voxels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of the slice's SSIM map over the region's voxels. Gaussian window, σ 1.5 voxels: it reaches 5 voxels beyond the region. Peak as for PSNR.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of |reconstruction − original| over the region, in the scan's own units.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of |reconstruction − original|, in the scan's own units.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measure of the curve: {measure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measured here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measured on this scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mediastinum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Memory for reconstructions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model: {model}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mouse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Move {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Narrow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nearest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neuro</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neurological</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neurological: left is left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next comparison</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next kind of difference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No command is called that.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No key does that.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No mask is open. Open a label map that lies on the scan's grid, or drop one on the window while Shift is held.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No profile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No profile is drawn yet. Press K, then drag a line across what is to be compared.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No reconstruction yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No stop reaches {level} on this scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Normalised root mean squared error: the error against the range. 0 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not known yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is drawn yet. Choose a tool, then drag on a picture, or press Enter there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is pinned. P pins the bottleneck that is shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One large pane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only the patient counts: voxels more than 10 % above the bottom of the range from the 2nd to the 98th percentile of the original volume, and what they enclose in their slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opacity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opacity of the mask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open &amp;mask…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a mask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open it as a mask over the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Original and reconstruction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Original and two reconstructions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Original, a solid line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Over a line of {rate} Mbit/s the stored scan takes {before}, this file {after}. Whether what was lost matters is yours to judge: slide along the curve, and press N for the slice that suffered most.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PNG picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PSNR</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PSNR of this scan, dB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Peak signal-to-noise ratio of the whole volume; the peak is maximum − minimum of the original.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Peak signal-to-noise ratio: more is closer to the original, ∞ is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Peak: {peak}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Percent of the volume's voxels below an automatic window's end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture of</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pin this bottleneck</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pinned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pinned beside the original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixels, in times those of the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pla&amp;y the slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Plane of the panes (Alt+X, Alt+Y, Alt+Z)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play back and &amp;forth</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play f&amp;aster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play slo&amp;wer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pre&amp;vious drawing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Presets</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press to draw another measure.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press to encode this whole scan by JPEG 2000 and HEVC too, once everything else is known, and to draw their curves.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous comparison</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Profile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Profile of both pictures along the line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quality</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quality: all measures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Radiological</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Radiological: the patient's right is at the left of the picture.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Raise the quality floor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Range {span}: maximum − minimum of the volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate of your own line, in megabits a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate of your own line; a megabit is a million bits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ratio</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reached: {rate}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading rooms are dark, so dark is usual. Pictures stand on black in both.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the scan…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Really encoded from this scan; it came back with a PSNR of {reached}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Really encoded, slice by slice, and decoded to the same voxels: {sizes}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reconstructing…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reconstruction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reconstruction against original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reconstruction, a dashed line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reconstruction: not whole yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rectangle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reduce motion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Regions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reisenhofer et al. 2018, C 30, α 4.2; {peak}, becomes 0–255. By slice; the volume is the mean over slices. Of 35 measures it was among the four closest to radiologists' judgement on MRI (Kastryulin et al. 2023).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Relative to noise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removed and added apart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rena&amp;me the drawing…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rename {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right-button windowing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Root of the mean squared error ∕ peak. Peak: {peak}. It says the same as PSNR.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SD</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SIMULATED</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SNR</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SOURCE LOSSY</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSIM</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SSIM map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save &amp;figures…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save a film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save a picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save all figures with their definitions, as CSV or JSON</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save every bottleneck and standard codec on this scan as a table: bytes, ratio, bits per voxel, PSNR, SSIM.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save figures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save fil&amp;m…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the table of operating points</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the table of operating points as CSV</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale 0 to {limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale for each slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale the difference for each slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale ±{limit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scale ±{limit} × noise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scans</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scans a working day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scans like this one on each of {days} working days a year.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Seconds are bytes · 8 / rate, without any overhead of the line.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set everything here to what it was at the first start.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set for JPEG and JPEG 2000, not for learned codecs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of the second picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shift while dropping a file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shift+move</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show all panes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide the mask (O)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the next in this pane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show the previous in this pane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shown while the key is held.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Side by side</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Side of the squares</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Signal-to-noise ratio: mean ∕ standard deviation of the region's voxels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Signed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Simulated, not a patient.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Skip demo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice to go to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {number}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {n} / {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {n} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {n} of {count}, PSNR {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {n}: PSNR {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices per second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices per second that are asked for, 1 to 60 (Alt+Left, Alt+Right, or the wheel)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices per second that were really shown during the last second. None is left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Smallest and largest value of the original, exact. Foreground: voxels above Otsu's threshold, which the dotted line marks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Smallest bottleneck above the floor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Soft tissue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sooner at the other end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Source: {source}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Speed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Spine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standard codecs beside the curve</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standard deviation of the region's voxels, of a sample (n − 1).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stay at this step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Storage</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Storage and transfer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stroke</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Structural similarity on five scales, fine to coarse. 1 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Structural similarity, 2-D by slice with a Gaussian of 1.5 pixels, mean over all slices; the range is maximum − minimum of the original over the volume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Structural similarity: how alike local patterns are. 1 is identical.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Subdural</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swap with the pinned bottleneck</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swipe</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swipe line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swipe line at {share}. Drag it, or press the arrow keys; Shift goes further.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>System</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Table (*.csv)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Table saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Temporal bone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Text size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The comparison, at this slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The cursor follows the pointer, in all planes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is being made.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file says that the patient's identity was taken out of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The latent map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The line that scans are sent on.
Seconds are bytes · 8 / rate, without overhead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The map is drawn when the whole scan has gone through the network.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The network describes {depth} slices at a time. Each of the {count} points is one such description, and alike ones lie close together. The ring is what is on the screen; click a point to go there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next step (Right)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The other sizes are being made and measured. Hollow points are expected ones.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient is named on these pictures.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient's left at the left of axial and coronal pictures (Shift+N)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reconstruction of a slice did not come.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan as it is stored.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan is being read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The scan is being squeezed, slab by slab. The slice you see comes first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The slices, one after the other</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The smallest file is being made. The slice you see comes first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The source is already lossy: {how}. Lossy is compared with lossy here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The squeeze</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The step before (Left)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The tightest squeeze</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The voxels of this scan in their stored type; the original of every ratio.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The whole slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The whole slice. Drag to move what is seen of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window's centre, also called level</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This scan: {size}, {seconds} at {rate}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Three panes of all planes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Three panes of one plane</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time: encoded and decoded here, with all else that ran.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type a slice's number. Return goes there, Esc does not (Ctrl+G).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Uncompressed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up to 5 Hz</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up to 5 Hz. Pictures that flicker more than three times a second can do harm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Upper end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Upper percentile</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Usual settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Values from here downwards are drawn black</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Values from here upwards are drawn white</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>View copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Volume, ml</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Voxels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Voxels of the whole volume by value, logarithmic. Drag an end of the window, or between the ends to move it. Arrow keys: left and right move it, up and down widen and narrow it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Voxels whose centres lie inside the outline.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wang et al. 2003, five scales; the volume is the mean over slices. Peak: {peak}. Unknown for slices with fewer than 176 rows or columns, which have no five scales.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What counts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is used least is made again when it is wanted. Holds from the next start on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the picture shows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What this pane shows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wheel, with the magnifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which of the two windows is set here and by keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which part of the body this scan shows is not known.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>While B is held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whole image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Width</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window by drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window from the values in a box; press Ctrl later for a faster window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window from {low} to {high}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window width / centre. Drag on a picture changes it; press for the histogram.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window width and centre</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Windows to choose from: width / centre, and the key of the first nine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With a tool, draw at the cursor; then arrow keys move it, Tab goes through handles</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With {channels} channels the file is {times} times smaller, and the PSNR falls to {psnr}. In the difference, blue was removed and orange was added. Hold Space to bring the original back into the reconstruction's place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without a menu</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {level} decibel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>about {ratio} to 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>added</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>axial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>being written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>bias {bias}  MAE {mae}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>bottleneck {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>colours: {name}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>coronal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cubic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>dashed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>difference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>distance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>encoding…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>file, all bytes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>floor {value}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>foreground ▸</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>inverted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>linear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lossless</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lossless {ratio}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lost</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mean {mean}  SD {sd}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>nearest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no bottleneck is shown yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>of reconstruction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>operating points.csv</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>own window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>range {span}, maximum − minimum of the original over the volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>range, maximum − minimum of the original over the volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reconstruction</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>reconstruction − original</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>removed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sagittal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>solid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>step {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>still the value for {count} channels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stored scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits for the quality of the bottleneck</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>waits to be encoded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>where the reconstruction is brighter</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>where the reconstruction is darker</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>year</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} ch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} channels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} days</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} frames, {seconds} s. LOSSY stands in every frame that is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} hours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} lines, with a head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} minutes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{count} voxels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{figure} bits per voxel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{figure} bpv</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} and {second}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{format} film</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{level} decibel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{measure} of this scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{measure}, volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{measure}, {of}: unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{measure}, {of}: {figure}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{model}
Press to choose another model.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} (double-click)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}, second hand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name}: {size}, {seconds}; a year {year}, {year_seconds}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{number} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{n} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{percent} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{percent} % of voxels shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{plane} slice {n} of {count}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{power}×, {scale} px/voxel, nearest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{range}, foreground {share} %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{rate} Hz</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{rate} fps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{ratio} to 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{scale}. Drag or turn the wheel to change it, double-click for the computed one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{scale}. Reconstruction against original.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{seconds} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{seconds} seconds left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{shape}, {plane}. Double click or Enter goes there, F2 renames.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{shared}, reconstruction {own}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{side} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{size}, as stored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{title}: {slices} slices of {rows} × {columns} voxels, {size} as stored. Blue always stands for what was there: the original.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{width} × {height} pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{zoom} px/voxel  {interpolation}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>|reconstruction − original|</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
