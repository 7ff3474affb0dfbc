namespace DigitML.Export;

/// <summary>The kinds of projects that can be written.</summary>
public enum ProjectTemplate
{
    /// <summary>A class library.</summary>
    Library,

    /// <summary>A console app that prints the scores of a picture or of a CSV row.</summary>
    Console,

    /// <summary>A web API with <c>POST /predict</c>.</summary>
    WebApi,
}
