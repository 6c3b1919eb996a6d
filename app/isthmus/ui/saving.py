"""Saving what came back, or its difference to the original, as NIfTI or as a DICOM series."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from isthmus import scans
from isthmus.quality import difference_volume
from isthmus.scans import Volume, write_nifti
from isthmus.ui.messages import MessageBar
from isthmus.ui.session import Session
from isthmus.ui.words import later, tr
from isthmus.work import JobContext

SAVE = "save"
NIFTI = later("NIfTI (*.nii.gz)")
DICOM = later("DICOM series, a new folder (*)")
DEIDENTIFIED = later("DICOM series, headers de-identified (*)")


@dataclass(frozen=True)
class Wish:
    """What is to be saved, and how.

    Attributes:
        path: A file's name, or that of a new folder for DICOM.
        difference: Whether reconstruction − original is wanted, or the reconstruction.
        dicom: Whether it becomes a DICOM series.
        deidentify: Whether its headers say nothing of a person.
        modality: For DICOM of a scan that does not say what made it.
    """

    path: Path
    difference: bool = False
    dicom: bool = False
    deidentify: bool = False
    modality: str = ""


class Saving(QObject):
    """Asks where to, and saves in the background.

    Args:
        host: The window, which dialogs belong to.
        session: What holds the reconstruction.
        messages: Where it is told how that went.
    """

    def __init__(self, host: QWidget, session: Session, messages: MessageBar) -> None:
        super().__init__(host)
        self._host = host
        self._session = session
        self._messages = messages

    @Slot(bool)
    def choose(self, difference: bool) -> None:
        """Ask for a name and a format, and save under it."""
        study = self._session.study
        if study is None or self._ready() is None:
            return
        source = study.volume.source
        what = tr("difference") if difference else tr("reconstruction")
        title = tr("Save the difference") if difference else tr("Save the reconstruction")
        filters = [NIFTI, DICOM, DEIDENTIFIED]
        first = DICOM if source.kind.startswith("DICOM") else NIFTI
        name, chosen = QFileDialog.getSaveFileName(
            self._host,
            title,
            f"{source.title} {what} {self._session.asked}" + (".nii.gz" if first == NIFTI else ""),
            ";;".join(map(tr, filters)),
            tr(first),
        )
        if not name:
            return
        chosen = next((each for each in filters if tr(each) == chosen), chosen)
        dicom = chosen != NIFTI
        modality = self._modality(study.volume) if dicom else ""
        if modality is not None:
            deidentify = chosen == DEIDENTIFIED
            self.save(Wish(Path(name), difference, dicom, deidentify, modality))

    def _modality(self, volume: Volume) -> str | None:
        """Ask what made the scan if nobody knows; None if the person does not say either."""
        if scans.known_modality(volume):
            return ""
        chosen, said = QInputDialog.getItem(
            self._host, tr("Save as DICOM"), tr("What made this scan?"), ["MR", "CT"], 0, False
        )
        return chosen if said else None

    def save(self, wish: Wish) -> None:
        """Save in the background; whatever goes wrong leaves no half file or folder."""
        study, made = self._session.study, self._ready()
        if study is None or made is None:
            return
        original, (reconstruction, loss) = study.volume, made
        path, asked = wish.path.resolve(), study.opened.path
        if path in (one.resolve() for one in original.source.paths):
            problem = tr("{name} is the scan itself.").format(name=path.name)
            self._messages.show_error(problem, tr("Choose another."))
            return
        if wish.dicom and asked.is_dir() and path.is_relative_to(asked.resolve()):
            problem = tr("{name} lies in the folder of the scan.").format(name=path.name)
            self._messages.show_error(problem, tr("Choose another."))
            return
        self._session.jobs.submit(
            "save",
            SAVE,
            lambda context: _write(original, reconstruction, loss, wish, context),
            done=lambda notes: self._tell(wish, notes),
            failed=self._session.tell,
        )

    def _ready(self) -> "tuple[Volume, scans.Loss] | None":
        """Return the reconstruction with its marks; None, and say so, if it is not whole yet."""
        study, codec, record = self._session.study, self._session.codec, self._session.record()
        picture = record.picture if record is not None else None
        if (
            study is None or codec is None or record is None or picture is None or not record.whole
        ):  # fmt: skip
            self._messages.show_notice(tr("Not yet"), tr("The reconstruction is still being made."))
            return None
        earlier = study.volume.source.lossy
        how = f"{codec.info.name}, {picture.bottleneck.channels} ch"
        ratio = picture.ratio or 0.0
        words = f"{ratio:.3g}:1, {earlier + ', then ' if earlier else ''}{how}"
        source = replace(study.volume.source, lossy=words)
        return replace(study.volume, voxels=picture.voxels, source=source), scans.Loss(ratio, how)

    def _tell(self, wish: Wish, notes: tuple[str, ...]) -> None:
        what = tr("Difference saved") if wish.difference else tr("Reconstruction saved")
        self._messages.show_notice(what, " ".join((str(wish.path), *notes)))


def _write(
    original: Volume, reconstruction: Volume, loss: "scans.Loss", wish: Wish, context: JobContext
) -> tuple[str, ...]:
    """Write, and return what is to be said about it."""
    volume = difference_volume(original, reconstruction) if wish.difference else reconstruction
    if not wish.dicom:
        write_nifti(volume, wish.path, progress=context.progress, cancel=context.cancel)
        return ()
    return scans.write_dicom(
        volume,
        wish.path,
        original=original,
        loss=loss,
        difference=wish.difference,
        deidentify=wish.deidentify,
        modality=wish.modality,
        progress=context.progress,
        cancel=context.cancel,
    ).notes
