using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Model.Images;
using Parquet;
using Parquet.Schema;

namespace DigitML.Tests.Data;

/// <summary>Parquet files: a column of pictures, a column of lists, a column per pixel.</summary>
public sealed class ParquetTests : DataFolder
{
    private static readonly TinyDigits Digits = new(12);

    private static string Labels => string.Join(' ', Digits.Labels);

    [Fact]
    public async Task A_column_of_pictures_as_Hugging_Face_writes_it()
    {
        DataField bytes = new("bytes", typeof(byte[]), isNullable: true), path = new("path", typeof(string), isNullable: true), label = new("label", typeof(long), isNullable: true);
        string file = await Write("a.parquet", new ParquetSchema(new StructField("image", bytes, path), label), async group =>
        {
            await group.WriteAsync(bytes, Enumerable.Range(0, 12).Select(Png).ToArray());
            await group.WriteAsync(path, Enumerable.Range(0, 12).Select(row => $"{row}.png").ToArray());
            await group.WriteAsync<long>(label, Digits.Labels.Select(value => (long?)value).ToArray());
        });
        DigitFile read = DigitFiles.Load(file, new DigitFileOptions { RequireLabels = true });
        Assert.Equal(("Parquet", Labels, "label: column 2 \"label\" (5 classes); pixels 0 to 255"), (read.Format, LabelsOf(read.Dataset), read.Reading));
        Assert.Equal(Digits.Pixels, read.Dataset.Pixels);
        Assert.EndsWith("; pictures of 8x8, prepared to 28x28 as predict --image does", DigitFiles.Load(file, new DigitFileOptions { ImageHeight = 28, ImageWidth = 28 }).Reading, StringComparison.Ordinal);
        Assert.Equal(Labels, LabelsOf(DigitFiles.Read(Write("a.zip", Zip([("train.parquet", File.ReadAllBytes(file))])))));
    }

    [Fact]
    public async Task Plain_bytes_are_pictures_or_texts()
    {
        DataField picture = new("png", typeof(byte[]), isNullable: false), label = new("class", typeof(byte[]), isNullable: false);
        string file = await Write("a.parquet", new ParquetSchema(picture, label), async group =>
        {
            await group.WriteAsync(picture, Enumerable.Range(0, 12).Select(Png).ToArray());
            await group.WriteAsync(label, Digits.Labels.Select(value => new[] { (byte)('a' + value) }).ToArray());
        });
        Assert.Equal(string.Concat(Digits.Labels.Select(value => (char)('a' + value))), LabelsOf(DigitFiles.Read(file)).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_is_named_with_its_row()
    {
        DataField picture = new("image", typeof(byte[]), isNullable: true);
        string file = await Write("a.parquet", new ParquetSchema(picture), async group => await group.WriteAsync(picture, new[] { Png(0), Png(1)[..50] }));
        Assert.StartsWith("a.parquet: row 2 is ", FailureOfReading(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_column_per_pixel_is_read_like_a_text_table(bool areFloats)
    {
        DataField[] pixels = [.. Enumerable.Range(0, 64).Select(pixel => new DataField($"pixel{pixel}", areFloats ? typeof(float) : typeof(byte), isNullable: false))];
        DataField index = new("__index_level_0__", typeof(long), isNullable: false), target = new("target", typeof(int), isNullable: true);
        string file = await Write("a.parquet", new ParquetSchema([index, .. pixels, target]), async group =>
        {
            await group.WriteAsync<long>(index, Enumerable.Range(0, 12).Select(row => (long)row).ToArray());
            for (int pixel = 0; pixel < 64; pixel++)
            {
                if (areFloats) await group.WriteAsync<float>(pixels[pixel], Enumerable.Range(0, 12).Select(row => Digits.Image(row)[pixel] / 255f).ToArray());
                else await group.WriteAsync<byte>(pixels[pixel], Enumerable.Range(0, 12).Select(row => Digits.Image(row)[pixel]).ToArray());
            }

            await group.WriteAsync<int>(target, Digits.Labels.Select((value, row) => row == 3 ? null : (int?)value).ToArray());
        });
        DigitFile read = DigitFiles.Load(file);
        Assert.Equal(Digits.Pixels, read.Dataset.Pixels);
        Assert.Equal(string.Join(' ', Digits.Labels.Select((value, row) => row == 3 ? "-" : value.ToString(CultureInfo.InvariantCulture))), LabelsOf(read.Dataset));
        Assert.Equal($"label: column 66 \"target\" (5 classes, missing in 1 row); left out: column 1 \"__index_level_0__\" (row numbers); pixels 0 to {(areFloats ? "1, scaled to 255" : "255")}", read.Reading);
        Assert.Equal("a.parquet: row 4: target is missing; every row needs a label, so add it or remove the row.", FailureOfReading(file, new DigitFileOptions { RequireLabels = true }));
        Assert.Equal("- - - -", LabelsOf(DigitFiles.Read(file, new DigitFileOptions { Layout = new FileLayout { LabelColumn = "none", IgnoredColumns = ["target"] } }))[..7]);
    }

    [Fact]
    public async Task A_missing_pixel_is_told()
    {
        DataField[] pixels = [.. Enumerable.Range(0, 4).Select(pixel => new DataField($"pixel{pixel}", typeof(int), isNullable: true))];
        string file = await Write("a.parquet", new ParquetSchema(pixels), async group =>
        {
            foreach (DataField pixel in pixels) await group.WriteAsync<int>(pixel, new int?[] { 255, pixel.Name == "pixel2" ? null : 1 });
        });
        Assert.Equal("a.parquet: row 2: pixel2 is missing; a pixel is a number, such as 0 to 255.", FailureOfReading(file));
    }

    [Fact]
    public async Task A_column_of_lists_holds_the_pixels()
    {
        DataField label = new("label", typeof(string), isNullable: false), element = new("element", typeof(int), isNullable: true);
        var list = new ListField("pixels", element);
        string file = await Write("a.parquet", new ParquetSchema(label, list), async group =>
        {
            await group.WriteAsync(label, Digits.Labels.Select(value => $"n{value}").ToArray());
            int[] values = [.. Digits.Pixels.Select(pixel => (int)pixel)];
            await group.WriteAllPartsAsync<int>((DataField)list.Item, values, values.Select(_ => ((DataField)list.Item).MaxDefinitionLevel).ToArray(), values.Select((_, i) => i % 64 == 0 ? 0 : 1).ToArray(), CancellationToken.None);
        });
        DigitFile read = DigitFiles.Load(file);
        Assert.Equal(Digits.Pixels, read.Dataset.Pixels);
        Assert.Equal(Labels, LabelsOf(read.Dataset).Replace("n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_file_is_one_line()
    {
        const string rest = " is a damaged Parquet file, or one of a kind that is not read; save or download it again, or save it as CSV: pandas.read_parquet(...).to_csv(..., index=False).";
        foreach (byte[] content in new byte[][] { [.. "PAR1"u8, .. new byte[90], .. "PAR1"u8], [.. "PAR1"u8], [.. "PAR1"u8, .. Enumerable.Range(0, 200).Select(i => (byte)i), 200, 0, 0, 0, .. "PAR1"u8] })
        {
            Assert.Equal("a.parquet" + rest, FailureOfReading(Write("a.parquet", content)));
        }

        Assert.EndsWith("is a Parquet file, which is not read here; send its rows as CSV.", FailureOfReading(PathOf("a.parquet"), new DigitFileOptions { IsAlone = true }), StringComparison.Ordinal);
    }

    private static byte[] Png(int row)
    {
        using var content = new MemoryStream();
        new DigitImage(8, 8, Digits.Image(row)).SavePng(content);
        return content.ToArray();
    }

    private async Task<string> Write(string name, ParquetSchema schema, Func<ParquetRowGroupWriter, Task> write)
    {
        await using FileStream stream = File.Create(PathOf(name));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await write(group);
        return PathOf(name);
    }
}
