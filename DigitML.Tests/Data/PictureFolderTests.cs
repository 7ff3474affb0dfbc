using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Images;

namespace DigitML.Tests.Data;

/// <summary>Folders and archives of pictures.</summary>
public sealed class PictureFolderTests : DataFolder
{
    private static readonly TinyDigits Digits = new(12);

    private readonly string folder;

    public PictureFolderTests() => folder = PathOf("digits");

    [Fact]
    public void The_label_of_a_picture_is_the_name_of_its_folder()
    {
        for (int row = 0; row < Digits.Count; row++) Draw($"{Digits.Labels[row]}/{row}.png", Digits.Image(row));
        Write("digits/.hidden.png", "x");
        Write("digits/0/Thumbs.db", "x");
        Draw("outside.png", Digits.Image(0));

        DigitFile file = DigitFiles.Load(folder, new DigitFileOptions { RequireLabels = true });

        int[] order = [.. Enumerable.Range(0, Digits.Count).OrderBy(row => Digits.Labels[row]).ThenBy(row => row)];
        Assert.Equal(string.Join(' ', order.Select(row => Digits.Labels[row])), LabelsOf(file.Dataset));
        Assert.Equal(order.SelectMany(row => Digits.Image(row)), file.Dataset.Pixels);
        Assert.Equal(("pictures", "digits", 8), (file.Format, file.Dataset.Name, file.Dataset.Width));
        Assert.Equal(
            "label: name of the folder (5 classes); ids: names of the files; left out: 1 picture outside the folders of labels, 2 files other than PNG, JPEG, BMP, PGM and PPM; pixels 0 to 255", file.Reading);
        Assert.Equal([folder], DigitFiles.PathsOf(folder));
    }

    [Fact]
    public void Rows_are_in_the_order_of_their_paths_and_numbers_count()
    {
        foreach (string name in new[] { "10/2.png", "9/10.png", "9/9.png", "9/09.png", "a/1.png", "10/1.png" }) Draw(name, Digits.Image(0));
        Assert.Equal(["9/09.png", "9/9.png", "9/10.png", "10/1.png", "10/2.png", "a/1.png"], DigitFiles.Load(folder).Ids!.Values);
    }

    [Fact]
    public void Pictures_without_folders_have_no_labels_and_their_names_are_ids()
    {
        for (int row = 0; row < 3; row++) Draw($"{row + 9}.png", Digits.Image(row));
        DigitFile file = DigitFiles.Load(folder + Path.DirectorySeparatorChar);
        Assert.Equal(("- - -", "id", "9.png 10.png 11.png", "digits"), (LabelsOf(file.Dataset), file.Ids!.Name, string.Join(' ', file.Ids.Values), file.Dataset.Name));
        Assert.Equal("digits has no labels, which are needed here; put the pictures of each class into a folder named after it.", FailureOfReading(folder, new DigitFileOptions { RequireLabels = true }));
    }

    [Theory]
    [InlineData("train", "test")]
    [InlineData("Training", "valid")]
    [InlineData("mnist/train", "mnist/val")]
    public void Training_and_test_pictures_may_be_apart(string train, string test)
    {
        foreach (int row in new[] { 0, 1 }) Draw($"{train}/{row}/x.png", Digits.Image(row));
        foreach (int row in new[] { 2, 3 }) Draw($"{test}/{row - 2}/x.png", Digits.Image(row));
        DigitDataset training = DigitFiles.Read(folder), tested = DigitFiles.Read(folder, new DigitFileOptions { Part = "test", LabelMap = training.LabelMap });
        Assert.Equal(("0 1", "0 1"), (LabelsOf(training), LabelsOf(tested)));
        Assert.Equal(Digits.Image(2), tested.Image(0));
        Assert.Equal(Digits.Image(0), training.Image(0));
    }

    [Fact]
    public void Archives_are_read_like_folders()
    {
        (string Name, byte[] Content)[] files = [.. new[] { 2, 0, 1 }.Select(row => ($"digits/{row}/{row}.png", Png(8, 8, Digits.Image(row)))), ("__MACOSX/digits/0/._0.png", [1]), ("digits/README.md", [1])];
        string zip = Write("digits.zip", Zip(files)), tar = Write("digits.tar.gz", Gzip(Tar(files)));
        foreach (string path in new[] { zip, tar, zip + ":digits" })
        {
            DigitFile file = DigitFiles.Load(path);
            Assert.Equal("0 1 2", LabelsOf(file.Dataset));
            Assert.Equal(Enumerable.Range(0, 3).SelectMany(row => Digits.Image(row)), file.Dataset.Pixels);
            Assert.Equal([path.Replace(":digits", "", StringComparison.Ordinal)], DigitFiles.PathsOf(path));
        }

        string flat = Write("flat.zip", Zip([("flat/1.png", files[0].Content), ("flat/2.png", files[1].Content)]));
        Assert.Equal(("- -", "1.png 2.png"), (LabelsOf(DigitFiles.Read(flat)), string.Join(' ', DigitFiles.Load(flat).Ids!.Values)));
        Assert.Equal("digits.zip:digits/1/1.png: label is \"1\", which is not among the 2 known labels (0, 2); correct it or remove the row.", FailureOfReading(zip, new DigitFileOptions { LabelMap = new LabelMap(["0", "2"]) }));
    }

    [Fact]
    public void Pictures_of_several_sizes_are_prepared()
    {
        DigitImage digit = Stroke(40, 30), large = Stroke(100, 120);
        Draw("0/a.png", digit);
        Draw("1/b.png", large);
        DigitFile file = DigitFiles.Load(folder);
        Assert.Equal([.. digit.Prepare().Pixels, .. large.Prepare().Pixels], file.Dataset.Pixels);
        Assert.EndsWith("; pictures of several sizes, prepared to 28x28 as predict --image does", file.Reading, StringComparison.Ordinal);
        Assert.Equal(32, DigitFiles.Read(folder, new DigitFileOptions { Layout = new FileLayout { Height = 32, Width = 32 } }).Width);
        Assert.Equal(20, DigitFiles.Read(folder, new DigitFileOptions { UsualSize = (20, 20) }).Width);
    }

    [Fact]
    public void Pictures_of_one_size_are_prepared_if_they_are_large_or_another_is_needed()
    {
        DigitImage small = Stroke(40, 40);
        Draw("0/a.png", small);
        Draw("1/b.png", small);
        Assert.Equal(40, DigitFiles.Read(folder, new DigitFileOptions { UsualSize = (20, 20) }).Width);
        DigitFile needed = DigitFiles.Load(folder, new DigitFileOptions { ImageHeight = 28, ImageWidth = 28 });
        Assert.Equal(small.Prepare().Pixels, needed.Dataset.Image(1));
        Assert.EndsWith("; pictures of 40x40, prepared to 28x28 as predict --image does", needed.Reading, StringComparison.Ordinal);
        foreach (string name in new[] { "0/a.png", "1/b.png" }) Draw(name, Stroke(65, 65));
        Assert.Equal(28, DigitFiles.Read(folder).Width);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named()
    {
        for (int row = 0; row < 3; row++) Draw($"{row}/x.png", Digits.Image(row));
        Write("digits/1/x.png", Png(8, 8, Digits.Image(0))[..40]);
        Assert.StartsWith("digits/1/x.png is truncated: ", FailureOfReading(folder).Replace('\\', '/'), StringComparison.Ordinal);
        Assert.EndsWith(". Remove or repair it.", FailureOfReading(folder), StringComparison.Ordinal);
        Draw("1/x.png", new DigitImage(30, 30, new byte[900]));
        Assert.StartsWith("digits/1/x.png is empty: ", FailureOfReading(folder).Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_other_files_is_told()
    {
        Draw("x.txt", Digits.Image(0));
        Assert.Equal("digits is a folder of files, not of pictures; name a file in it, such as digits/x.txt.", FailureOfReading(folder).Replace(folder, "digits", StringComparison.Ordinal).Replace('\\', '/'));
    }

    [Fact]
    public void The_checksum_of_a_folder_covers_names_and_contents()
    {
        Draw("0/a.png", Digits.Image(0));
        Draw("1/a.png", Digits.Image(1));
        string first = InputChecksum.Of(folder);
        Write("digits/notes.txt", "x");
        Assert.Equal(first, InputChecksum.Of(folder));
        Directory.Move(Path.Combine(folder, "1"), Path.Combine(folder, "2"));
        Assert.NotEqual(first, InputChecksum.Of(folder));
        Directory.Move(Path.Combine(folder, "2"), Path.Combine(folder, "1"));
        Assert.Equal(first, InputChecksum.Of(folder));
        Draw("1/a.png", Digits.Image(2));
        Assert.NotEqual(first, InputChecksum.Of(folder));
    }

    [Fact]
    public void A_picture_of_the_folder_is_not_overwritten()
    {
        Draw("0/a.png", Digits.Image(0));
        Write("digits/notes.txt", "x");
        string picture = Path.Combine(folder, "0", "a.png");
        Assert.Equal($"{picture} is a picture in {folder}, which this command reads; choose another --out.", Assert.Throws<DigitMLException>(() => OutputFile.RefuseInput("--out", picture, folder)).Message);
        OutputFile.RefuseInput("--out", Path.Combine(folder, "notes.txt"), folder);
        OutputFile.RefuseInput("--out", Path.Combine(folder, "new.png"), folder);
        OutputFile.RefuseInput("--out", Write("other.png", "x"), folder);
    }

    private static byte[] Png(int height, int width, byte[] pixels)
    {
        using var content = new MemoryStream();
        new DigitImage(height, width, pixels).SavePng(content);
        return content.ToArray();
    }

    private static DigitImage Stroke(int height, int width)
    {
        var pixels = new byte[height * width];
        for (int y = height / 5; y < height * 4 / 5; y++) pixels.AsSpan(y * width + width / 2, width / 10).Fill(255);
        return new DigitImage(height, width, pixels);
    }

    private void Draw(string name, byte[] pixels) => Draw(name, new DigitImage(8, 8, pixels));

    private void Draw(string name, DigitImage picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
        picture.SavePng(Path.Combine(folder, name));
    }
}
